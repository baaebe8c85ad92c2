package io.pentameter.quality.check;

import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Opinion.Grade;
import io.pentameter.quality.rating.Subject;
import java.util.ArrayList;
import java.util.List;

/** The built-in heuristics, each applied to every sampled answer. */
public final class Checks {

    /** Raises with every change that may change a grade, so that grades of two versions can be told apart. */
    public static final String VERSION = "1";

    private static final List<Check> ALL = List.of(
            new EmptyCheck(),
            new TruncatedCheck(),
            new RefusalCheck(),
            new MalformedJsonCheck(),
            new UnsupportedCitationCheck());

    private Checks() {}

    /** One check's grade. */
    public record Result(String name, Grade grade) {}

    /** Grades of those checks that apply to the subject. */
    public static List<Result> run(Subject subject) {
        List<Result> results = new ArrayList<>(ALL.size());
        for (Check check : ALL) {
            Opinion opinion = check.rate(subject);
            if (opinion instanceof Grade grade) {
                results.add(new Result(check.name(), grade));
            }
        }
        return results;
    }

    /** Who the grades of a check are by, for example {@code heuristic:empty}. */
    public static String rater(String name) {
        return "heuristic:" + name;
    }
}
