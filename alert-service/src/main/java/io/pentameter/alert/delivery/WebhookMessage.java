package io.pentameter.alert.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** A notice as the body of a Standard Webhook: {@code type}, {@code timestamp}, {@code data}; below 20 kB. */
final class WebhookMessage {

    private WebhookMessage() {}

    static String of(Notice notice) {
        ObjectNode body = new JsonNodeFactory(true).objectNode();
        body.put("type", "alert." + notice.kind().word());
        body.put("timestamp", notice.at().toString());
        ObjectNode data = body.putObject("data");
        Notice.Episode alert = notice.alert();
        data.put("alertId", alert.id());
        data.put("fingerprint", alert.fingerprint());
        data.put("state", notice.kind().word());
        data.put("since", alert.since().toString());
        if (alert.resolution() != null) {
            data.put("resolution", alert.resolution());
        }
        ObjectNode group = data.putObject("group");
        new TreeMap<>(alert.group()).forEach(group::put);
        rule(data, notice.rule());
        Notice.Figures figures = notice.figures();
        data.put("measure", figures.measure());
        data.put("op", figures.op());
        data.put("value", figures.value());
        data.put("threshold", figures.threshold());
        data.put("sample", figures.sample());
        data.put("sampleOf", figures.sampleOf());
        data.putObject("links").put("alert", alert.link());
        return body.toString();
    }

    private static void rule(ObjectNode data, Notice.Source rule) {
        data.putObject("rule").put("id", rule.id()).put("name", rule.name()).put("condition", rule.condition());
        data.put("window", rule.window().toString());
        data.put("severity", rule.severity());
        data.put("owner", rule.owner());
        data.put("runbook", rule.runbook());
    }
}
