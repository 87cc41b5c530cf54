package io.pidstream.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.avro.ModelModality;
import io.pidstream.avro.ModelState;
import io.pidstream.avro.ModelVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Model versions as text and as JSON. */
public final class ModelView {
    private static final ObjectMapper JSON = new ObjectMapper();
    public static final List<String> HEADER =
            List.of("VERSION", "STATE", "PARENT", "EFFECTIVE FROM", "RMSE", "AGAINST", "REASON");
    private static final String NOTHING = "-";

    /** Errors of the version, the most informative first; and of its reference. */
    private static final List<String> RMSE = List.of("holdOutRmse", "testRmse", "validationRmse");

    private static final List<String> AGAINST = List.of("activeHoldOutRmse", "linearHoldOutRmse");

    private ModelView() {}

    public static String table(Collection<ModelVersion> versions) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        versions.forEach(version -> rows.add(row(version)));
        Columns columns = new Columns();
        rows.forEach(columns::fit);
        return String.join("\n", rows.stream().map(columns::line).toList());
    }

    /** Cells under {@link #HEADER}. */
    public static List<String> row(ModelVersion version) {
        return List.of(
                Long.toString(version.getVersion()),
                state(version),
                version.getParent() == null ? NOTHING : version.getParent().toString(),
                version.getEffectiveFrom().toString(),
                figure(version, RMSE),
                figure(version, AGAINST),
                version.getReason());
    }

    private static String figure(ModelVersion version, List<String> names) {
        return names.stream()
                .map(version.getMetrics()::get)
                .filter(value -> value != null && Double.isFinite(value))
                .findFirst()
                .map(value -> String.format(Locale.ROOT, "%.4g", value))
                .orElse(NOTHING);
    }

    /**
     * @param check whether it can be used, in words
     */
    public static String details(ModelVersion version, String check) {
        Columns columns = new Columns();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("version", Long.toString(version.getVersion())));
        rows.add(List.of("state", state(version)));
        rows.add(List.of("reason", version.getReason()));
        rows.add(
                List.of(
                        "parent",
                        version.getParent() == null ? NOTHING : "" + version.getParent()));
        rows.add(List.of("created at", version.getCreatedAt().toString()));
        rows.add(List.of("effective from", version.getEffectiveFrom().toString()));
        for (ModelModality modality : version.getModalities()) {
            rows.add(
                    List.of(
                            "modality " + modality.getName(),
                            "latent of %d from %s"
                                    .formatted(
                                            modality.getLatent(),
                                            String.join(", ", modality.getChannels()))));
        }
        new TreeMap<>(version.getMetrics())
                .forEach(
                        (name, value) ->
                                rows.add(List.of(name, String.format(Locale.ROOT, "%.6g", value))));
        rows.add(List.of("configuration", version.getConfigurationHash()));
        rows.add(List.of("SHA-256", version.getSha256().isEmpty() ? NOTHING : version.getSha256()));
        rows.add(List.of("parameters", parameters(version)));
        rows.add(List.of("check", check));
        rows.forEach(columns::line);
        return String.join("\n", rows.stream().map(columns::line).toList());
    }

    private static String parameters(ModelVersion version) {
        if (version.getParameters() != null) {
            return "%,d bytes in the record".formatted(version.getParameters().remaining());
        }
        return version.getUri() == null ? "none" : version.getUri();
    }

    public static String json(
            String name, String topic, Collection<ModelVersion> versions, RecordJson records) {
        ObjectNode json = JSON.createObjectNode().put("name", name).put("topic", topic);
        Long active =
                versions.stream()
                        .filter(version -> version.getState() == ModelState.ACTIVE)
                        .map(ModelVersion::getVersion)
                        .reduce((a, b) -> b)
                        .orElse(null);
        json.put("active", active);
        ArrayNode array = json.putArray("versions");
        versions.forEach(version -> array.add(object(version, records)));
        return json.toString();
    }

    public static String detailsJson(ModelVersion version, String check, RecordJson records) {
        ObjectNode json = object(version, records);
        json.put("configurationHash", version.getConfigurationHash());
        json.put(
                "bytes",
                version.getParameters() == null
                        ? null
                        : (Integer) version.getParameters().remaining());
        ArrayNode modalities = json.putArray("modalities");
        for (ModelModality modality : version.getModalities()) {
            ObjectNode node = modalities.addObject().put("name", modality.getName());
            modality.getChannels().forEach(node.putArray("channels")::add);
            node.put("latent", modality.getLatent());
        }
        return json.put("check", check).toString();
    }

    private static ObjectNode object(ModelVersion version, RecordJson records) {
        try {
            return (ObjectNode) JSON.readTree(records.modelVersion(version));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as JSON can be read", e);
        }
    }

    private static String state(ModelVersion version) {
        return version.getState().name().toLowerCase(Locale.ROOT);
    }
}
