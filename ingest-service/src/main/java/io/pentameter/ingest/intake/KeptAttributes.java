package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.payload.PayloadRules;
import io.pentameter.ingest.payload.Payloads;
import java.util.Set;

/** The attributes that no field of the record took in: redacted, cut to the limit, and kept by name. */
final class KeptAttributes {

    /** Most bytes of a value. */
    static final int MAX_VALUE = 64 << 10;

    private static final int MAX_NAME = 256;
    private static final String MARK = "…[truncated]";

    /** Attributes of resources that describe the machine and the SDK: the same on each span, and nobody asks for them. */
    private static final String[] MACHINE = {"process.", "host.", "os.", "telemetry.", "container.", "webengine."};

    /** OpenInference sends the whole vector of each embedding. */
    private static final String VECTOR = ".embedding.vector";

    private final TenantSettings settings;
    private final Set<String> found;
    private String feature = "";
    private int truncated;

    KeptAttributes(TenantSettings settings, Set<String> found) {
        this.settings = settings;
        this.found = found;
    }

    /** @param ofFeature the feature that the next span belongs to, empty if to none */
    void begin(String ofFeature) {
        feature = ofFeature;
    }

    /** How many values were cut since the start. */
    int truncated() {
        return truncated;
    }

    /** @param isUsageCounted whether the record has the span's tokens; if not, what the client said of them is kept */
    void ofSpan(Reading reading, boolean isUsageCounted, SpanRecord.Builder into) {
        Attributes attributes = reading.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i).text();
            if (!reading.isTaken(i, isUsageCounted) && !Payloads.isTaken(name) && !name.endsWith(VECTOR)) {
                put(name, attributes.value(i), attributes.text(i), into);
            }
        }
    }

    /** A span's own attribute of the same name goes before the resource's. */
    void ofResource(Reading reading, SpanRecord.Builder into) {
        Attributes attributes = reading.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i).text();
            if (!reading.isTaken(i, true) && !isMachine(name) && !into.containsAttributes(name)) {
                put(name, attributes.value(i), attributes.text(i), into);
            }
        }
    }

    private void put(String name, Object value, String text, SpanRecord.Builder into) {
        PayloadRules.Attribute becomes = settings.payloads().attribute(feature, name);
        if (becomes == PayloadRules.Attribute.DROPPED || name.length() > MAX_NAME) {
            return;
        }
        if (value instanceof Number || value instanceof Boolean || name.equals("server.address")) {
            into.putAttributes(name, text);
            return;
        }
        String redacted = settings.redactor().redact(Utf8.cut(text, MAX_VALUE), found);
        if (redacted.length() > MAX_VALUE / 3 || redacted.length() < text.length()) {
            String cut = Utf8.cut(text, MAX_VALUE);
            boolean isCut = cut.length() < text.length();
            truncated += isCut ? 1 : 0;
            redacted = isCut ? Utf8.cut(redacted, MAX_VALUE - MARK.length() * 3) + MARK : redacted;
        }
        into.putAttributes(name, becomes == PayloadRules.Attribute.MASKED ? Payloads.masked(redacted) : redacted);
    }

    private static boolean isMachine(String name) {
        for (String prefix : MACHINE) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
