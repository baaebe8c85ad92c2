package io.pentameter.ingest.assembly;

import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.dimension.Dimension;
import io.pentameter.ingest.dimension.DimensionValues;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.ingest.payload.Payloads;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.redact.Detector;
import io.pentameter.ingest.redact.Redactor;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes out of a piece what must not be stored, before it is: by the rules for spans, once. */
public final class FragmentRedaction {

    private static final NameTable NAMES = new NameTable();
    private static final Reading NO_RESOURCE = Reading.of(new Attributes(1));
    private static final Redactor DONE = new Redactor(EnumSet.allOf(Detector.class), List.of(), List.of());

    private final Sender sender;
    private final Pseudonyms pseudonyms;

    public FragmentRedaction(Sender sender, Pseudonyms pseudonyms) {
        this.sender = sender;
        this.pseudonyms = pseudonyms;
    }

    /**
     * Settings for what is made of redacted pieces: the tenant's, without what was done already. Rules by feature are applied
     * only now, because a piece does not know the feature that another piece names.
     */
    static Sender afterwards(Sender sender) {
        TenantSettings settings = sender.settings().withRedactor(DONE);
        if (settings.payloads().isUniform() && settings.payloadMode() == PayloadMode.MASKED) {
            settings = settings.withProfile(settings.isSuspended(), PayloadMode.FULL);
        }
        return new Sender(sender.tenant(), sender.keyId(), settings);
    }

    Fragment of(Fragment fragment) {
        Attributes attributes = new Attributes(Math.max(1, fragment.facts().size()));
        fragment.facts().forEach((name, value) -> {
            if (!name.startsWith(Fact.OWN)) {
                attributes.add(NAMES.find(name), value);
            }
        });
        Reading reading = Reading.of(attributes);
        Set<String> identities = identities(reading);
        Set<String> payload = payload(reading);
        Set<String> found = new TreeSet<>();
        SortedMap<String, Object> redacted = new TreeMap<>();
        fragment.facts().forEach((name, value) -> {
            Object kept = isKept(name, payload) ? redacted(name, value, identities, payload, found) : null;
            if (kept != null) {
                redacted.put(name, kept);
            }
        });
        if (!found.isEmpty()) {
            redacted.put(Fact.REDACTED, new JsonText(JsonLists.json(found)));
        }
        return fragment.withFacts(redacted);
    }

    /** What may be kept of a piece's payload until the span is made of it. */
    private PayloadMode mode() {
        return sender.settings().payloads().isUniform() ? sender.settings().payloadMode() : PayloadMode.FULL;
    }

    private Set<String> identities(Reading reading) {
        DimensionValues values =
                DimensionValues.of(reading, NO_RESOURCE, sender.settings().mapping());
        Set<String> identities = new HashSet<>();
        for (Dimension dimension : Dimension.values()) {
            String value = values.get(dimension);
            if (dimension.isIdentity() && !value.isEmpty()) {
                identities.add(value);
            }
        }
        return identities;
    }

    private static Set<String> payload(Reading reading) {
        Set<String> names = new HashSet<>();
        for (Field field : List.of(Field.INPUT, Field.OUTPUT)) {
            String name = reading.nameOf(field);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** A tenant that wants no payloads gets none of the attributes that quote them either. */
    private boolean isKept(String name, Set<String> payload) {
        return mode() == PayloadMode.FULL || payload.contains(name) || !Payloads.mayQuote(name);
    }

    private Object redacted(String name, Object value, Set<String> identities, Set<String> payload, Set<String> found) {
        if (name.equals(Fact.PARENT) || name.equals(Fact.USAGE)) {
            return value; // digits of ours, not to be taken for somebody's number
        }
        if (payload.contains(name) && mode() != PayloadMode.FULL) {
            return withoutPayload(value, found);
        }
        return switch (value) {
            case String text -> identities.contains(text) ? identity(text, found) : cut(text, found, false);
            case JsonText json ->
                name.startsWith(Fact.OWN) ? new JsonText(redact(json.text(), found)) : cut(json.text(), found, true);
            default -> value;
        };
    }

    private Object cut(String text, Set<String> found, boolean isJson) {
        if (text.length() > Payloads.MAX_TEXT) {
            return new CutText(redact(Utf8.cut(text, Payloads.MAX_TEXT), found), Utf8.size(text));
        }
        String redacted = redact(text, found);
        return isJson ? new JsonText(redacted) : redacted;
    }

    private Object withoutPayload(Object value, Set<String> found) {
        String text = value instanceof JsonText json ? json.text() : value.toString();
        String kept = mode() == PayloadMode.METADATA_ONLY
                ? "-"
                : Payloads.masked(redact(Utf8.cut(text, Payloads.MAX_TEXT), found));
        return new CutText(kept, Utf8.size(text));
    }

    /** As for spans: a masked id keeps a pseudonym, so that two users stay two. */
    private String identity(String value, Set<String> found) {
        return pseudonyms.masked(sender.tenant(), sender.settings(), value, found);
    }

    private String redact(String text, Set<String> found) {
        return sender.settings().redactor().redact(text, found);
    }
}
