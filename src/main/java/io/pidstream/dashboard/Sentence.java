package io.pidstream.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A sentence or several for a page: plain text, emphasised text, and terms of {@code terms.js},
 * which the page explains. As JSON, an array of strings, of objects with {@code strong}, and of
 * objects with {@code term} and, unless the term has its own words, {@code text}.
 */
public final class Sentence {
    private final List<Piece> pieces = new ArrayList<>();

    private enum Kind {
        TEXT,
        STRONG,
        TERM
    }

    /**
     * @param key of a term; otherwise empty
     * @param text null for a term in its own words
     */
    private record Piece(Kind kind, String key, String text) {}

    /** Plain text. */
    public static Sentence of(String text) {
        return new Sentence().text(text);
    }

    public Sentence text(String text) {
        pieces.add(new Piece(Kind.TEXT, "", text));
        return this;
    }

    Sentence strong(String text) {
        pieces.add(new Piece(Kind.STRONG, "", text));
        return this;
    }

    /** A term of {@code terms.js}, in its own words. */
    Sentence term(String key) {
        return term(key, null);
    }

    /** A term of {@code terms.js}, in other words. */
    Sentence term(String key, String text) {
        pieces.add(new Piece(Kind.TERM, key, text));
        return this;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Piece piece : pieces) {
            if (piece.kind() == Kind.TEXT) {
                json.writeString(piece.text());
                continue;
            }
            json.writeStartObject();
            if (piece.kind() == Kind.TERM) {
                json.writeStringField("term", piece.key());
            }
            if (piece.text() != null) {
                json.writeStringField(piece.kind() == Kind.TERM ? "text" : "strong", piece.text());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = OverviewJson.JSON.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written to", e);
        }
        return text.toString();
    }
}
