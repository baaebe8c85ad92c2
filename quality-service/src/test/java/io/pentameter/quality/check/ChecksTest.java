package io.pentameter.quality.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Rater;
import io.pentameter.quality.rating.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {

    private static final Subject ANSWER = new Subject(
            "Where do I find the invoice? Documents: [1] id: doc-7 https://help.example.com/invoices",
            "It is under Billing.",
            false,
            false,
            "stop",
            false,
            "",
            false,
            "");

    @Test
    void aPlainAnswerPassesWhatAppliesToIt() {
        assertThat(Checks.run(ANSWER))
                .extracting(result -> result.name() + "=" + result.grade().passed())
                .containsExactly("empty=true", "truncated=true", "refusal=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\u3000"})
    void emptyFailsAnAnswerWithoutWords(String answer) {
        assertFails(new EmptyCheck(), saying(answer));
    }

    @Test
    void emptyPassesToolCallsAndDoesNotApplyToFailures() {
        Subject toolCall = new Subject("q", "", true, false, "tool_call", false, "", false, "");
        Subject failure = new Subject("q", "", false, false, "", false, "timeout", true, "");

        assertPasses(new EmptyCheck(), toolCall);
        assertDoesNotApply(new EmptyCheck(), failure);
    }

    @Test
    void truncatedFollowsTheFinishReason() {
        assertFails(new TruncatedCheck(), finished("length"));
        assertPasses(new TruncatedCheck(), finished("stop"));
        assertPasses(new TruncatedCheck(), finished("tool_call"));
        assertDoesNotApply(new TruncatedCheck(), finished(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't help with that.",
                "I’m sorry, but I can’t assist with that request.",
                "I am sorry, but I cannot comply with this request.",
                "Sorry, I can't help with that.",
                "Unfortunately, I am unable to assist with this.",
                "I apologize, but I'm not able to provide that information.",
                "As an AI language model, I cannot engage in that.",
                "I can't assist with that.",
                "I cannot help with this.",
                "I must decline this request.",
                "I'm unable to help with that request.",
                "Es tut mir leid, aber ich kann Ihnen dabei nicht helfen.",
                "Je suis désolé, mais je ne peux pas vous aider avec cela.",
                "Lo siento, pero no puedo ayudar con eso.",
                "Mi dispiace, ma non posso aiutarti.",
                "Desculpe, mas não posso ajudar com isso.",
                "Het spijt me, maar ik kan u daar niet mee helpen.",
                "申し訳ありませんが、そのリクエストにはお応えできません。",
                "很抱歉，我无法提供这方面的帮助。"
            })
    void refusalFailsStockPhrases(String answer) {
        assertFails(new RefusalCheck(), saying(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry to hear that your parcel was late. Here is how to claim a refund.",
                "I'm sorry for the delay! I can help with that.",
                "Sorry, the shop is closed on Sundays.",
                "I can't wait to show you the new dashboard.",
                "I cannot recommend this restaurant highly enough.",
                "I can help with that.",
                "You can reply: \"I'm sorry, but I can't help with that.\"",
                "Unfortunately, the flight was cancelled; I can rebook you.",
                "I will not charge your card before Monday.",
                "I won't be long: the answer is 42.",
                "Es tut mir leid, dass Ihr Paket zu spät kam. Hier ist die Lösung.",
                "Lo siento por la espera. Su pedido llega mañana.",
                "Je suis désolé pour ce retard. Voici la solution.",
                "Paris."
            })
    void refusalPassesWhatOnlySoundsLikeIt(String answer) {
        assertPasses(new RefusalCheck(), saying(answer));
    }

    @Test
    void refusalLooksAtWhatAFailedCallSaidAndAsksNothingOfOneThatSaidNothing() {
        String words = "I'm sorry, but I can't help with that.";

        assertFails(new RefusalCheck(), new Subject("q", words, false, false, "", false, "content_filter", true, ""));
        assertDoesNotApply(new RefusalCheck(), new Subject("q", "", false, false, "", false, "timeout", true, ""));
    }

    @Test
    void refusalBelievesTheProvider() {
        assertFails(new RefusalCheck(), new Subject("q", "", false, false, "stop", false, "refusal", false, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1}|true",
                "[1,2]|true",
                "\"text\"|true",
                "{\"a\":1|false",
                "{'a':1}|false",
                "{\"a\":1} and more|false",
                "```json {\"a\":1} ```|false",
                "Sure: {\"a\":1}|false",
                "NaN|false"
            })
    void malformedJsonReadsTheAnswerStrictly(String answer, boolean passes) {
        Subject subject = new Subject("q", answer, false, false, "stop", true, "", false, "");

        assertThat(new MalformedJsonCheck().rate(subject))
                .isInstanceOfSatisfying(
                        Grade.class, grade -> assertThat(grade.passed()).isEqualTo(passes));
    }

    @Test
    void malformedJsonAppliesOnlyWhereJsonWasAskedForAndAllOfItIsThere() {
        assertDoesNotApply(new MalformedJsonCheck(), saying("no JSON"));
        assertDoesNotApply(
                new MalformedJsonCheck(), new Subject("q", "{\"a\":", false, true, "stop", true, "", false, ""));
        assertDoesNotApply(new MalformedJsonCheck(), new Subject("q", "", true, false, "stop", true, "", false, ""));
    }

    @Test
    void malformedJsonDoesNotQuoteTheAnswer() {
        Subject subject = new Subject("q", "{\"secret\":hunter2}", false, false, "stop", true, "", false, "");

        assertThat(new MalformedJsonCheck().rate(subject))
                .isInstanceOfSatisfying(
                        Grade.class, grade -> assertThat(grade.comment()).doesNotContain("hunter2", "secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See https://invented.example.org/page for details.",
                "As shown in [3], it is free.",
                "The fee is waived 【4†source】.",
                "The policy says so [doc-9].",
                "It is there [1] and there [2].",
                "Read [the guide](https://help.example.com/other)."
            })
    void unsupportedCitationFailsWhatTheInputDoesNotHold(String answer) {
        assertFails(new UnsupportedCitationCheck(), saying(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "See https://help.example.com/invoices.",
                "See https://HELP.example.com/invoices/#top for details.",
                "It is under Billing [1].",
                "It is under Billing [doc-7].",
                "Read [the guide](https://help.example.com/invoices)."
            })
    void unsupportedCitationPassesWhatTheInputHolds(String answer) {
        assertPasses(new UnsupportedCitationCheck(), saying(answer));
    }

    @Test
    void unsupportedCitationKnowsRetrievedDocuments() {
        Subject subject = new Subject(
                "q", "So it is [kb:12].", false, false, "stop", false, "", false, "[{\"id\":\"kb:12\",\"score\":0.9}]");

        assertPasses(new UnsupportedCitationCheck(), subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is under Billing.",
                "Use `items[3]` to get it.",
                "```java\nint x = a[3]; // https://nowhere.example\n```",
                "a[3] is the fourth.",
                "- [x] done\n- [ ] open",
                "In 2026 [sic] it was free."
            })
    void unsupportedCitationDoesNotApplyWithoutCitations(String answer) {
        assertDoesNotApply(new UnsupportedCitationCheck(), saying(answer));
    }

    @Test
    void longMarkersDoNotOverflowTheStack() {
        assertDoesNotApply(new UnsupportedCitationCheck(), saying("[1" + ",1".repeat(100_000) + "]"));
    }

    private static Subject saying(String answer) {
        return new Subject(ANSWER.input(), answer, false, false, "stop", false, "", false, "");
    }

    private static Subject finished(String reason) {
        return new Subject("q", "a", false, false, reason, false, "", false, "");
    }

    private static void assertFails(Rater check, Subject subject) {
        assertThat(check.rate(subject)).isInstanceOfSatisfying(Grade.class, grade -> {
            assertThat(grade.passed()).isFalse();
            assertThat(grade.value()).isZero();
            assertThat(grade.comment()).isNotEmpty();
        });
    }

    private static void assertPasses(Rater check, Subject subject) {
        assertThat(check.rate(subject)).isEqualTo(Grade.of(true, ""));
    }

    private static void assertDoesNotApply(Rater check, Subject subject) {
        assertThat(check.rate(subject)).isInstanceOf(NotApplicable.class);
    }
}
