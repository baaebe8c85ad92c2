package io.pentameter.quality.check;

import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Subject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Fails an answer that begins by declining the task.
 *
 * <p>Precision before recall: only stock phrases, only where they open the answer, only with verbs of declining. A
 * refusal in other words passes unnoticed; "I'm sorry to hear that" does not fail. English, and the most usual phrase of
 * German, French, Spanish, Italian, Portuguese, Dutch, Japanese and Chinese.
 */
final class RefusalCheck implements Check {

    /** How much of the answer is looked at, characters. */
    private static final int OPENING = 240;

    private static final String DECLINED =
            "(?:help|assist|comply|fulfil+|engage|participate|support|answer|discuss|do that|provide (?:that|this|you with"
                    + "|instructions|information|any|guidance|assistance)|generate|create (?:that|this|content)|write (?:that|this)|share (?:that|this)"
                    + "|complete (?:that|this)|process (?:that|this))\\b";

    private static final List<Pattern> PATTERNS = List.of(
            opening(
                    "(?:i['’]?m (?:very |really |so )?sorry|i am (?:very |really |so )?sorry|sorry|i apologi[sz]e|unfortunately)"
                            + "[,.]? (?:but )?(?:as an ai[^.]{0,40}, )?i(?: a|['’])?m? ?(?:can(?:no|['’])t|can not|will not|won['’]t|am not able to|unable to|not able to)"
                            + " " + DECLINED),
            opening(
                    "(?:as an ai(?: language)?(?: model| assistant)?,? )?i (?:can(?:no|['’])t|can not|won['’]t|will not|must decline to)"
                            + " (?:help with|assist with|assist you with|help you with|comply|fulfil+|engage|participate in|support that|discuss (?:that|this)"
                            + "|provide (?:that|instructions|guidance on))"),
            opening(
                    "i(?: am|['’]m) (?:unable|not able) to (?:help|assist|comply|fulfil+|provide (?:that|instructions|assistance))"),
            opening("i must (?:respectfully )?decline"),
            opening("es tut mir (?:sehr )?leid, aber (?:ich kann|dabei kann ich)[^.]{0,60}\\bnicht\\b"),
            opening(
                    "(?:je suis )?(?:vraiment )?désolée?,? mais je ne peux pas (?:vous aider|t['’]aider|répondre|fournir|faire)"),
            opening("lo siento,? pero no puedo (?:ayudar|asistir|proporcionar|responder|cumplir|hacer)"),
            opening("mi dispiace,? ma non posso (?:aiutar|assister|fornir|risponder|soddisfar)"),
            opening("(?:sinto muito|desculpe),? mas (?:eu )?não posso (?:ajudar|ajudá|fornecer|responder|atender)"),
            opening(
                    "het spijt me,? maar (?:ik kan|daar kan ik)[^.]{0,60}\\bniet (?:helpen|mee helpen|beantwoorden|voldoen)"),
            opening("申し訳(?:ありません|ございません)が、[^。]{0,60}(?:できません|いたしかねます|お手伝いできません)"),
            opening("(?:很)?(?:抱歉|对不起)，(?:但)?我(?:无法|不能)(?:帮助|提供|回答|协助|满足|完成)"));

    @Override
    public String name() {
        return "refusal";
    }

    @Override
    public Opinion rate(Subject subject) {
        if (subject.failure().equals("refusal")) {
            return Grade.of(false, "the provider reported a refusal");
        }
        if (subject.answer().isBlank()) {
            return new NotApplicable();
        }
        String text = subject.answer().strip();
        String start = text.substring(0, Math.min(OPENING, text.length()));
        boolean isRefusal =
                PATTERNS.stream().anyMatch(pattern -> pattern.matcher(start).lookingAt());
        return Grade.of(!isRefusal, isRefusal ? "the answer opens with a stock refusal" : "");
    }

    private static Pattern opening(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
