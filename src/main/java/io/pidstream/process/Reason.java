package io.pidstream.process;

import java.io.FileNotFoundException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;

/** Why something failed, in words and not in the names of Java's classes. */
public final class Reason {
    private Reason() {}

    /** The reason alone, where the message names the file already. */
    public static String of(Exception failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "there is no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no directory";
        }
        if (failure instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return said(failure);
    }

    /** The reason with what it is about, in one line. */
    public static String whole(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getFile() != null) {
            return file.getFile() + ": " + of(file);
        }
        return said(failure);
    }

    /**
     * A sentence stands for itself. The class is named where there is none, and where the failure
     * is the program's and not the user's.
     */
    private static String said(Throwable failure) {
        String message =
                failure.getMessage() == null
                        ? ""
                        : failure.getMessage().lines().findFirst().orElse("");
        boolean ours = failure.getClass().getPackageName().equals("java.lang");
        if (message.strip().contains(" ") && !ours) {
            return message;
        }
        return failure.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }
}
