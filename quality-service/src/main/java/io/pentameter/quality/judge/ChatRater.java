package io.pentameter.quality.judge;

import io.pentameter.quality.judge.Budget.Reservation;
import io.pentameter.quality.judge.ChatClient.Message;
import io.pentameter.quality.judge.ChatClient.Question;
import io.pentameter.quality.judge.ChatClient.Reply;
import io.pentameter.quality.judge.Verdict.Given;
import io.pentameter.quality.judge.Verdict.Unreadable;
import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Rater;
import io.pentameter.quality.rating.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Grades by asking a judge's model: once, and once more if the answer was not the schema.
 *
 * <p>Money is set aside before each call for the dearest that it can become: one token for each byte that is sent, and all
 * the output that is allowed. Afterwards the usage that the endpoint reports takes its place; where it reports none, or a
 * call was lost on the way, the whole amount counts as spent. For one judgement; not safe for use by several threads.
 */
public final class ChatRater implements Rater {

    /** Tokens that the protocol itself takes, generously: roles, separators, schema. */
    private static final int OVERHEAD_TOKENS = 400;

    private final Judge judge;
    private final @Nullable String apiKey;
    private final ChatClient client;
    private final Budget budget;
    private final Limits limits;
    private final Supplier<String> marks;
    private long spentNanoUsd;
    private String model = "";

    /**
     * Limits of one judgement.
     *
     * @param maxChars        most characters shown of each of input, documents and answer
     * @param maxOutputTokens most tokens that the model may write in one call
     */
    record Limits(int maxChars, int maxOutputTokens) {}

    /** @param marks gives a fresh random word for each judgement */
    ChatRater(
            Judge judge,
            @Nullable String apiKey,
            ChatClient client,
            Budget budget,
            Limits limits,
            Supplier<String> marks) {
        this.judge = judge;
        this.apiKey = apiKey;
        this.client = client;
        this.budget = budget;
        this.limits = limits;
        this.marks = marks;
    }

    /** What the calls made so far have cost, in nano-dollars. */
    public long spentNanoUsd() {
        return spentNanoUsd;
    }

    @Override
    public Opinion rate(Subject subject) {
        if (subject.answer().isBlank()) {
            return new Opinion.Skipped("no_output");
        }
        List<Message> messages = Prompt.of(judge, subject, marks.get(), limits.maxChars());
        Step first = ask(messages);
        if (!(first.verdict() instanceof Unreadable(String wrong))) {
            return first.opinion();
        }
        Step second = ask(Prompt.repair(messages, first.written(), wrong));
        return second.verdict() instanceof Unreadable ? new Opinion.Failed("not_the_schema") : second.opinion();
    }

    /** One call: either what is to be told, or what was written and could not be read. */
    private record Step(Opinion opinion, @Nullable Verdict verdict, String written) {}

    private Step ask(List<Message> messages) {
        Optional<Reservation> reserved = budget.reserve(judge, upperBound(messages));
        if (reserved.isEmpty()) {
            return new Step(new Opinion.Skipped("budget_exhausted"), null, "");
        }
        Reply reply =
                client.ask(new Question(judge.endpoint(), apiKey, judge.model(), messages, limits.maxOutputTokens()));
        settle(reserved.get(), reply);
        return switch (reply) {
            case Reply.Busy busy -> new Step(new Opinion.Later(busy.reason(), busy.after()), null, "");
            case Reply.Broken broken -> new Step(new Opinion.Failed(broken.reason()), null, "");
            case Reply.Answered answered -> read(answered);
        };
    }

    private Step read(Reply.Answered answered) {
        model = answered.model();
        Verdict verdict = Verdict.of(answered.content());
        return switch (verdict) {
            case Given(String reason, double score, boolean passed) ->
                new Step(new Opinion.Grade(score, passed, reason, model), verdict, answered.content());
            case Unreadable _ -> new Step(new Opinion.Failed("not_the_schema"), verdict, answered.content());
        };
    }

    private void settle(Reservation reservation, Reply reply) {
        long cost = switch (reply) {
            case Reply.Answered answered -> paid(answered.usage(), reservation);
            case Reply.Busy busy -> busy.mayBeBilled() ? reservation.nanoUsd() : 0;
            case Reply.Broken broken -> broken.mayBeBilled() ? reservation.nanoUsd() : 0;
        };
        budget.settle(reservation, cost);
        spentNanoUsd += cost;
    }

    private long paid(ChatClient.@Nullable Usage usage, Reservation reservation) {
        return usage == null ? reservation.nanoUsd() : judge.price().nanoUsd(usage.inputTokens(), usage.outputTokens());
    }

    private long upperBound(List<Message> messages) {
        long bytes = OVERHEAD_TOKENS;
        for (Message message : messages) {
            bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
        }
        return judge.price().nanoUsd(bytes, limits.maxOutputTokens());
    }
}
