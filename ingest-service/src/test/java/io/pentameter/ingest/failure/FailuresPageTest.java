package io.pentameter.ingest.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.ingest.page.Page;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/reference/failures.md says what the rules say. */
class FailuresPageTest {

    @Test
    void thePageIsMadeFromTheRules() {
        Page.mustBe("failures.md", page());
    }

    @Test
    void eachClassHasARule() {
        Set<FailureClass> ruled = EnumSet.of(
                FailureClass.RETRY_STORM, FailureClass.FALLBACK_LOOP, FailureClass.UNKNOWN, FailureClass.TOOL_ERROR);
        Arrays.stream(FailureRules.values()).map(FailureRules::failure).forEach(ruled::add);
        FailureWords.signs().stream().map(FailureWords.Sign::failure).forEach(ruled::add);

        assertThat(ruled).containsExactlyInAnyOrder(FailureClass.values());
        assertThat(FailureClass.values()).hasSize(16);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Failures

                The classes of failures, and the rules that find them. Made from `failure.FailureClass`, `failure.FailureWords` and
                `failure.FailureRules` by `FailuresPageTest`, which fails while this page is stale.

                A failure is **hard** (`outcome.error`) where the client says that the step failed: status error, an exception event, an
                `error.type`, Langfuse's level `ERROR`, or an HTTP status of 400 or more on a call of a model. It is **soft** where there is an
                answer and it disappoints. A failure that a later attempt of the same request made good is **hidden**: no user saw it, and its
                severity is low. What users saw is the outcome of spans that are requests.

                | class | severity | what |
                |---|---|---|
                """);
        for (FailureClass failure : FailureClass.values()) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(failure.word(), failure.severity().word(), failure.meaning()));
        }
        page.append("""

                ## Hard failures

                The HTTP status decides where it is known; but 400 and the like give way to what the error's type or message says, because
                providers answer 400 also for filtered content and for too long a context. Then the type decides, then the first 2,000 characters
                of the message, each searched, ignoring case, for the words below, the first row first; a status that stands alone in
                a text counts as one. The rule's id is `error.<detail>.<by>`, `by` one of `http_status`, `type`, `message`. Other statuses of 500 and more
                are provider errors. Whatever breaks a tool is a `tool_error` with that detail, unless the caller gave up.

                | detail | class | HTTP statuses | words in type or message |
                |---|---|---|---|
                """);
        for (FailureWords.Sign sign : FailureWords.signs()) {
            page.append("| `%s` | `%s` | %s | %s |%n"
                    .formatted(
                            sign.word(),
                            sign.failure().word(),
                            sign.statuses().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                            coded(sign.parts())));
        }
        page.append("""

                An error that nothing sorts is `unknown` (rule `error.unknown.nothing`).

                ## Soft failures

                The first rule that applies counts.

                | rule | class | when |
                |---|---|---|
                """);
        for (FailureRules rule : FailureRules.values()) {
            page.append(
                    "| `%s` | `%s` | %s |%n".formatted(rule.id(), rule.failure().word(), rule.when()));
        }
        page.append("""

                ## Attempts

                Calls are attempts of one request if the client gave them one `pentameter.attempt.group`; else if they have the same parent, kind
                and input (whatever the model) and each began, within 10 minutes, after the one before had failed, hard or soft. Each call's record
                carries its group, and its number; those of other deliveries are counted in where they are stored. A failed one that another followed is *superseded*: its
                cost is waste. What the attempts did is said of the step above them, if it did not fail for
                another reason (the detail is the word of the last failure):

                | rule | class | when |
                |---|---|---|
                """);
        page.append("| `%s` | `retry_storm` | %d or more attempts of one request failed |%n"
                .formatted(Failures.STORM_RULE, AttemptPattern.STORM));
        page.append("| `%s` | `fallback_loop` | attempts, one of them failed, left a model and came back to it |%n"
                .formatted(Failures.LOOP_RULE));
        return page.toString();
    }

    private static String coded(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
