package io.pentameter.quality.check;

import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Opinion.NotApplicable;
import io.pentameter.quality.rating.Subject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fails an answer that cites what it was not given: a URL, a numbered marker such as {@code [3]} or {@code 【3】}, or a
 * document id such as {@code [doc-7]}, that neither the input nor a retrieved document holds.
 *
 * <p>It looks only whether the cited thing exists, not whether it says what is claimed. Code is left out, so that
 * {@code list[0]} is no citation. Not applicable to an answer that cites nothing, or if not all of the payload was stored.
 */
final class UnsupportedCitationCheck implements Check {

    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|$)|`[^`\\n]*`");
    private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"'\\])}】」、。]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERED =
            Pattern.compile("(?<![\\w\\])])(?:\\[(\\d{1,3})(?:[,–-] ?\\d{1,3}){0,20}](?!\\()|【(\\d{1,3})[^】]{0,40}】)");
    private static final Pattern DOCUMENT = Pattern.compile(
            "(?<!\\w)\\[((?:doc|document|source|src|ref|kb|chunk|passage)[ _:#-]?[\\w.-]{1,60})](?!\\()",
            Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "unsupported_citation";
    }

    @Override
    public Opinion rate(Subject subject) {
        if (subject.answer().isBlank() || subject.isCut() || subject.isError()) {
            return new NotApplicable();
        }
        String answer = CODE.matcher(subject.answer()).replaceAll(" ");
        String given = (subject.input() + "\n" + subject.sources()).toLowerCase(Locale.ROOT);
        Tally tally = new Tally();
        Matcher urls = URL.matcher(answer);
        while (urls.find()) {
            tally.count(given.contains(normalised(urls.group())));
        }
        Matcher numbers = NUMBERED.matcher(answer);
        while (numbers.find()) {
            String number = numbers.group(1) == null ? numbers.group(2) : numbers.group(1);
            tally.count(isNumberGiven(number, given) || isDefined(number, answer));
        }
        Matcher documents = DOCUMENT.matcher(answer);
        while (documents.find()) {
            tally.count(given.contains(documents.group(1).toLowerCase(Locale.ROOT)));
        }
        if (tally.cited == 0) {
            return new NotApplicable();
        }
        String comment = tally.missing == 0
                ? ""
                : "%d of %d citations are not in what the model was given".formatted(tally.missing, tally.cited);
        return Grade.of(tally.missing == 0, comment);
    }

    /** As it may stand in a document: without scheme, fragment and closing punctuation. */
    private static String normalised(String url) {
        String plain =
                url.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("#.*$", "");
        return plain.replaceFirst("[.,;:!?*_/]+$", "");
    }

    private static boolean isNumberGiven(String number, String given) {
        return given.contains("[" + number + "]")
                || given.contains("【" + number)
                || Pattern.compile(
                                "(?:document|doc|source|passage|chunk|ref|\"id\"\\s*:|\\\\\"id\\\\\"\\s*:)[ _:#\"\\\\-]{0,4}"
                                        + number + "(?!\\d)")
                        .matcher(given)
                        .find();
    }

    /** A list of references in the answer itself ("[1]: https://…" or "[1] https://…"): then the URL is what counts. */
    private static boolean isDefined(String number, String answer) {
        return Pattern.compile("\\[" + number + "]:? ?<?https?://")
                .matcher(answer)
                .find();
    }

    private static final class Tally {
        private int cited;
        private int missing;

        private void count(boolean isSupported) {
            cited++;
            if (!isSupported) {
                missing++;
            }
        }
    }
}
