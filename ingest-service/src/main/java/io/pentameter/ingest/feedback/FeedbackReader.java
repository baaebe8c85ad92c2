package io.pentameter.ingest.feedback;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.signal.Form;
import io.pentameter.ingest.signal.Signal;
import io.pentameter.ingest.signal.SignalOrigin;
import io.pentameter.ingest.signal.SignalReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads feedback, and finds everything that is wrong with it at once. */
final class FeedbackReader implements SignalReader {

    static final int MAX_COMMENT = 10_000;

    /** Most characters of a text of which the edit distance is worked out. */
    static final int MAX_EDITED = 20_000;

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final BigDecimal MAX_SCALE = BigDecimal.valueOf(1_000_000);

    private final Supplier<String> newId;

    /** @param newId makes an id where the client gave none */
    FeedbackReader(Supplier<String> newId) {
        this.newId = newId;
    }

    @Override
    public String word() {
        return "feedback";
    }

    @Override
    public Topics topic() {
        return Topics.SCORES;
    }

    @Override
    public Signal read(Form form, SignalOrigin origin, @Nullable String givenId) {
        Feedback feedback = feedback(form, givenId);
        List<ScoreRecord> scores = feedback.scores(origin);
        return new Signal(
                feedback.id(),
                scores.stream().map(ScoreRecord::getScoreId).toList(),
                scores.stream().map(Feedback::logRecord).toList());
    }

    private Feedback feedback(Form form, @Nullable String givenId) {
        ByteString traceId = form.hex("traceId", TRACE_ID, true);
        ByteString spanId = form.hex("spanId", SPAN_ID, false);
        String thumbs = form.word("thumbs", List.of("up", "down"));
        String acceptance = form.word("acceptance", List.of("accepted", "rejected"));
        String id = form.text("id", Form.MAX_ID);
        Feedback feedback = new Feedback(
                traceId,
                spanId,
                !id.isEmpty() ? id : givenId == null ? newId.get() : givenId,
                thumbs.isEmpty() ? null : thumbs.equals("up"),
                rating(form),
                acceptance.isEmpty() ? null : acceptance.equals("accepted"),
                editDistance(form),
                form.text("comment", MAX_COMMENT),
                form.text("user", Form.MAX_ID));
        if (form.isGood() && feedback.isEmpty()) {
            form.wrong("", "at least one of thumbs, rating, acceptance, editDistance, edit and comment must be given");
        }
        return feedback;
    }

    private static @Nullable Rating rating(Form form) {
        BigDecimal min = Rating.STANDARD_MIN;
        BigDecimal max = Rating.STANDARD_MAX;
        boolean hasScale = form.has("ratingScale");
        if (hasScale) {
            Form scale = form.object("ratingScale");
            BigDecimal from = scale.number("min", MAX_SCALE.negate(), MAX_SCALE);
            BigDecimal to = scale.number("max", MAX_SCALE.negate(), MAX_SCALE);
            if (from == null || to == null || from.compareTo(to) >= 0) {
                form.wrong("ratingScale", "must have min and max, two numbers of which min is the lesser one");
                return null;
            }
            min = from;
            max = to;
        }
        BigDecimal value = form.number("rating", min, max);
        if (value == null) {
            return null;
        }
        if (!hasScale && value.stripTrailingZeros().scale() > 0) {
            form.wrong("rating", "must be a whole number from 1 to 5, or come with a ratingScale: " + value);
            return null;
        }
        return new Rating(value, min, max);
    }

    private static @Nullable Double editDistance(Form form) {
        BigDecimal given = form.number("editDistance", BigDecimal.ZERO, BigDecimal.ONE);
        if (!form.has("edit")) {
            return given == null ? null : given.doubleValue();
        }
        Form edit = form.object("edit");
        String before = edit.text("before", MAX_EDITED);
        String after = edit.text("after", MAX_EDITED);
        if (given != null || !edit.has("before") || !edit.has("after")) {
            form.wrong("edit", "must have the texts before and after, and then editDistance must not be given");
            return null;
        }
        return EditDistance.normalised(before, after);
    }
}
