package io.pentameter.ingest.langsmith;

import io.pentameter.ingest.vendor.VendorTime;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run's place in its trace, as LangSmith writes it: for the root, each ancestor and the run itself the start and the id,
 * {@code 20261120T130704776001Z<id>}, with dots between.
 *
 * @param steps from the root to the run; empty if the text is none
 */
record DottedOrder(List<Step> steps) {

    private static final int TIME_LENGTH = "20261120T130704776001Z".length();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSSSSS'Z'", Locale.ROOT);

    DottedOrder {
        steps = List.copyOf(steps);
    }

    record Step(@Nullable Long startNs, String id) {}

    static DottedOrder of(String text) {
        List<Step> steps = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String step : text.split("\\.", -1)) {
                if (step.length() <= TIME_LENGTH) {
                    return new DottedOrder(List.of());
                }
                steps.add(new Step(time(step.substring(0, TIME_LENGTH)), step.substring(TIME_LENGTH)));
            }
        }
        return new DottedOrder(steps);
    }

    private static @Nullable Long time(String text) {
        try {
            return VendorTime.nanos(LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Id of the root, empty if not known. */
    String traceId() {
        return steps.isEmpty() ? "" : steps.getFirst().id();
    }

    /** Id of the parent, empty for a root or if not known. */
    String parentId() {
        return steps.size() < 2 ? "" : steps.get(steps.size() - 2).id();
    }

    /** When the run began; absent if not known. */
    @Nullable
    Long startNs() {
        return steps.isEmpty() ? null : steps.getLast().startNs();
    }
}
