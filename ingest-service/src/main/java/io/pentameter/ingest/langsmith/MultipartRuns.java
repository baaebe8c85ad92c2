package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.Multipart;
import io.pentameter.ingest.vendor.VendorJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the parts of a multipart body together: {@code post.<id>} is a run without its large fields, which follow as
 * {@code post.<id>.inputs} and so on. The parts may come in any order. Attachments are not kept; the run says which it had.
 */
final class MultipartRuns {

    private static final Set<String> FIELDS =
            Set.of("inputs", "outputs", "events", "extra", "error", "serialized", "attachments");

    private MultipartRuns() {}

    /** @param kind post, patch or feedback */
    record Operation(String kind, String id, JsonNode body) {}

    private record Key(String kind, String id) {}

    /**
     * @param refuse told of each part that cannot be read; the others do not suffer
     * @throws UndecodableException if the body is no multipart body
     */
    static List<Operation> read(String contentType, byte[] body, Consumer<String> refuse) {
        Map<Key, ObjectNode> heads = new LinkedHashMap<>();
        Map<Key, ObjectNode> fields = new LinkedHashMap<>();
        Map<String, Set<String>> attachments = new LinkedHashMap<>();
        for (Multipart.Part part : Multipart.parts(contentType, body)) {
            String[] name = part.name().split("\\.", 3);
            if (name.length < 2 || name[1].isEmpty()) {
                refuse.accept("part " + part.name() + ": the name must be an operation and an id with a dot between");
            } else if (name[0].equals("attachment")) {
                attachments.computeIfAbsent(name[1], _ -> new LinkedHashSet<>()).add(name.length < 3 ? "" : name[2]);
            } else {
                json(part, name, heads, fields, refuse);
            }
        }
        return operations(heads, fields, attachments, refuse);
    }

    private static void json(
            Multipart.Part part,
            String[] name,
            Map<Key, ObjectNode> heads,
            Map<Key, ObjectNode> fields,
            Consumer<String> refuse) {
        Key key = new Key(name[0], name[1]);
        try {
            JsonNode value = VendorJson.parse(part.content());
            if (name.length == 3) {
                if (FIELDS.contains(name[2])) {
                    fields.computeIfAbsent(key, _ -> VendorJson.object()).set(name[2], value);
                }
            } else if (value instanceof ObjectNode head) {
                heads.put(key, head);
            } else {
                refuse.accept("part " + part.name() + ": it must be a JSON object: " + VendorJson.shown(value));
            }
        } catch (UndecodableException e) {
            refuse.accept("part " + part.name() + ": " + e.getMessage());
        }
    }

    private static List<Operation> operations(
            Map<Key, ObjectNode> heads,
            Map<Key, ObjectNode> fields,
            Map<String, Set<String>> attachments,
            Consumer<String> refuse) {
        List<Operation> operations = new ArrayList<>();
        heads.forEach((key, head) -> {
            ObjectNode more = fields.remove(key);
            if (more != null) {
                head.setAll(more);
            }
            Set<String> names = attachments.get(key.id());
            if (names != null) {
                names.forEach(head.putArray("attachment_names")::add);
            }
            if (!head.hasNonNull("id")) {
                head.put("id", key.id());
            }
            operations.add(new Operation(key.kind(), key.id(), head));
        });
        fields.keySet()
                .forEach(key -> refuse.accept("run " + key.id() + ": there is no part " + key.kind() + "." + key.id()));
        return operations;
    }
}
