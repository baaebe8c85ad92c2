package io.pentameter.ingest.signal;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.kit.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a request: one signal, or an array of them.
 *
 * @param isOne  whether the body was a single object and not an array
 * @param good   in the order of the request
 * @param errors what is wrong with the others, by JSON pointer
 * @param bad    how many the others are
 */
record SignalBatch(boolean isOne, List<Item> good, List<Problem.Fault> errors, int bad) {

    static final int MAX_ITEMS = 1000;

    /** Beyond it faults are counted and no longer listed. */
    private static final int MAX_ERRORS = 100;

    /** @param index of the signal in the request, from 0 */
    record Item(int index, Signal signal) {}

    /** @param key the request's Idempotency-Key; absent if there was none */
    static SignalBatch read(JsonNode body, @Nullable String key, SignalReader reader, SignalOrigin origin) {
        if (!body.isArray()) {
            Form form = keyed(Form.of(body, ""), key);
            Signal signal = form.isGood() ? reader.read(form, origin, key) : null;
            return signal != null && form.isGood()
                    ? new SignalBatch(true, List.of(new Item(0, signal)), List.of(), 0)
                    : new SignalBatch(true, List.of(), form.mistakes(), 1);
        }
        if (body.isEmpty() || body.size() > MAX_ITEMS) {
            Problem.Fault fault =
                    new Problem.Fault("", "must have 1 to " + MAX_ITEMS + " items, but has " + body.size());
            return new SignalBatch(false, List.of(), List.of(fault), body.size());
        }
        List<Item> good = new ArrayList<>();
        List<Problem.Fault> errors = new ArrayList<>();
        int bad = 0;
        for (int i = 0; i < body.size(); i++) {
            Form form = keyed(Form.of(body.get(i), "/" + i), key);
            Signal signal = form.isGood() ? reader.read(form, origin, key == null ? null : key + "/" + i) : null;
            if (signal != null && form.isGood()) {
                good.add(new Item(i, signal));
            } else {
                bad++;
                form.mistakes().stream()
                        .limit(Math.max(0, MAX_ERRORS - errors.size()))
                        .forEach(errors::add);
            }
        }
        return new SignalBatch(false, good, errors, bad);
    }

    private static Form keyed(Form form, @Nullable String key) {
        if (key != null && key.length() > Form.MAX_ID) {
            form.wrong("Idempotency-Key", "must have at most " + Form.MAX_ID + " characters, but has " + key.length());
        }
        return form;
    }
}
