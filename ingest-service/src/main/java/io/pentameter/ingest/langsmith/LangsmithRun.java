package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.assembly.Fact;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorTime;
import java.util.HexFormat;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A run, or what a patch says of it, as a piece. */
sealed interface LangsmithRun {

    record Good(Fragment fragment) implements LangsmithRun {}

    /** @param sentence names run, field, value and what is allowed */
    record Bad(RefusalReason reason, String sentence) implements LangsmithRun {}

    /** @param isPatch whether it changes a run, and so counts before its creation */
    static LangsmithRun of(JsonNode run, boolean isPatch, VendorRequest request) {
        String id = VendorJson.text(run, "id");
        if (id.isEmpty() || id.length() > 1_000) {
            return bad("id must be a text of 1 to 1000 characters: " + VendorJson.shown(run.path("id")), id);
        }
        DottedOrder order = DottedOrder.of(VendorJson.text(run, "dotted_order"));
        String parent = VendorJson.text(run, "parent_run_id");
        parent = parent.isEmpty() ? order.parentId() : parent;
        String trace = VendorJson.text(run, "trace_id");
        trace = trace.isEmpty() ? order.traceId() : trace;
        if (trace.isEmpty() && !parent.isEmpty()) {
            return bad("trace_id or dotted_order must be given for a run with a parent", id);
        }
        SortedMap<String, Object> facts = LangsmithFacts.of(run);
        facts.put("langsmith.run.id", id);
        facts.put(Fact.NAMED_ALONE, true); // by feedback
        if (!parent.isEmpty()) {
            facts.put(Fact.PARENT, HexFormat.of().formatHex(Ids.span(parent).toByteArray()));
        }
        LangsmithRun fault = times(run, id, order, facts, request);
        if (fault != null) {
            return fault;
        }
        long end = facts.get(Fact.END) instanceof Long time ? time : 0;
        ByteString key = Fragment.key(facts, id, isPatch ? "patch" : "post");
        return new Good(new Fragment(
                Ids.trace(trace.isEmpty() ? id : trace),
                Ids.span(id),
                new Fragment.Order(isPatch, isPatch ? end : 0, key),
                facts));
    }

    private static @Nullable LangsmithRun times(
            JsonNode run, String id, DottedOrder order, SortedMap<String, Object> facts, VendorRequest request) {
        for (String field : new String[] {"start_time", "end_time"}) {
            if (!VendorJson.has(run, field)) {
                continue;
            }
            Long time = VendorTime.nanos(run.path(field));
            if (time == null) {
                return bad(
                        field + " must be a time in ISO 8601 or milliseconds: " + VendorJson.shown(run.path(field)),
                        id);
            }
            if (!request.window().contains(time)) {
                return new Bad(
                        RefusalReason.TIME_OUT_OF_RANGE,
                        "run " + id + ": " + field + " must be "
                                + request.window().sentence() + ": " + VendorJson.shown(run.path(field)));
            }
            facts.put(field.equals("start_time") ? Fact.START : Fact.END, time);
        }
        Long placed = order.startNs();
        if (placed != null && request.window().contains(placed)) {
            facts.put(Fact.START_GUESS, placed);
        }
        return null;
    }

    private static Bad bad(String sentence, String id) {
        return new Bad(RefusalReason.UNDECODABLE_SPAN, "run " + id + ": " + sentence);
    }
}
