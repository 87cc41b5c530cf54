package io.pidstream.mapping;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How messages of a topic become readings and labels. Fields are paths, see {@link FieldPath}; they
 * are looked up in each of the message's records first, and then in the whole message.
 *
 * @param topic name of the topic
 * @param format format of its values
 * @param modality modality of the channels; null for channels of any
 * @param records field of an array of records; null if the message is one record, or an array
 * @param only values of fields, as texts, that a record must have; others are ignored
 * @param asset where the asset is
 * @param time when the values were measured
 * @param metric field of the name of a record's only value; null if a record has a field per value
 * @param value field of that value; null likewise
 * @param missing texts and numbers that stand for a missing value, beside those that always do
 * @param values the channels and the targets
 * @param recordedAt when a label became known
 */
public record TopicMapping(
        String topic,
        MessageFormat format,
        String modality,
        String records,
        Map<String, String> only,
        AssetField asset,
        TimeField time,
        String metric,
        String value,
        List<String> missing,
        List<MappedValue> values,
        TimeField recordedAt)
        implements Serializable {
    public TopicMapping {
        only = new TreeMap<>(only);
        missing = List.copyOf(missing);
        values = List.copyOf(values);
    }

    /** Whether a record has one value and its name, rather than a field per value. */
    public boolean isLong() {
        return metric != null;
    }

    /** Whether channels are mapped. */
    public boolean hasReadings() {
        return values.stream().anyMatch(value -> !value.isTarget());
    }

    /** Whether targets are mapped. */
    public boolean hasLabels() {
        return values.stream().anyMatch(MappedValue::isTarget);
    }
}
