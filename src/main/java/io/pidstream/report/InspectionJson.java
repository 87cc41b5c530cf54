package io.pidstream.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pidstream.inspect.Channel;
import io.pidstream.inspect.Proposal;

/**
 * What was seen of a file, as JSON.
 *
 * @param proposal what was seen
 */
public record InspectionJson(Proposal proposal) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One object, without what was written where. */
    public ObjectNode tree() {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", proposal.name());
        json.put("rows", proposal.rows());
        json.put("whole", proposal.whole());
        json.put("target", proposal.target());
        json.put("why", proposal.whyTarget());
        json.put("assets", proposal.assets());
        json.put("asset", proposal.asset().isEmpty() ? null : proposal.asset());
        json.put("period", proposal.period().toString());
        ObjectNode modalities = json.putObject("modalities");
        proposal.modalities()
                .forEach((name, channels) -> channels.forEach(modalities.withArray(name)::add));
        ArrayNode channels = json.putArray("channels");
        proposal.pictures().forEach(channel -> put(channel, channels.addObject()));
        ArrayNode leftOut = json.putArray("leftOut");
        proposal.leftOut()
                .forEach(
                        each ->
                                leftOut.addObject()
                                        .put("column", each.column())
                                        .put("why", each.why()));
        proposal.facts().forEach(json.putArray("facts")::add);
        return json;
    }

    private static void put(Channel channel, ObjectNode json) {
        json.put("channel", channel.name());
        json.put("use", channel.use().isEmpty() ? null : channel.use());
        json.put("grade", channel.grade().jsonName());
        json.put("why", channel.why());
        json.put("missing", channel.missing());
        number(json, "least", channel.least());
        number(json, "middle", channel.middle());
        number(json, "most", channel.most());
        number(json, "withTarget", channel.withTarget());
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
