package io.pidstream.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the asset of a record. */
final class AssetReader {
    private static final String KEY = "the key";

    private final AssetField asset;
    private final JsonPointer path;

    AssetReader(AssetField asset) {
        this.asset = asset;
        this.path = asset.field() == null ? null : FieldPath.of(asset.field());
    }

    String read(MappedMessage message) throws Mismatch {
        if (asset.constant() != null) {
            return asset.constant();
        }
        if (path == null) {
            return ofKey(message.origin().key());
        }
        JsonNode node = message.at(path);
        if (node.isMissingNode() || node.isNull()) {
            throw Mismatch.asset(asset.field(), node.isNull() ? "null" : "missing");
        }
        if (node.isContainerNode()) {
            throw Mismatch.asset(asset.field(), node.isArray() ? "an array" : "an object");
        }
        return node.asText();
    }

    /** The key as text; that of Kafka Connect's JSON is in quotes or in an envelope. */
    static String ofKey(byte[] key) throws Mismatch {
        if (key == null) {
            throw Mismatch.asset(KEY, "missing");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException e) {
            throw Mismatch.of(KEY, key.length + " bytes", "a text in UTF-8");
        }
        if (!text.startsWith("\"") && !text.startsWith("{")) {
            return text;
        }
        JsonNode node = JsonMessages.unwrapped(JsonMessages.parse(key));
        if (!node.isTextual() && !node.isNumber()) {
            throw Mismatch.asset(KEY, Mismatch.quote(text));
        }
        return node.asText();
    }
}
