package io.pentameter.kit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for the caller's eyes; RFC 9457.
 *
 * @param type      stable name of the kind, {@code urn:pentameter:problem:<slug>}
 * @param title     the kind in a few words, always the same for a type
 * @param status    the HTTP status
 * @param detail    what is wrong this time: the field, the value refused and what is allowed
 * @param errors    one entry for each wrong part of the input; empty if it cannot be told in parts
 * @param requestId for asking support; absent if the request had none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<Fault> errors,
        @Nullable String requestId) {

    /** Media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /**
     * One wrong part of the input.
     *
     * @param pointer JSON pointer into the body, or the name of the parameter, for example {@code /measures/0}
     * @param detail  what is wrong with it and what is allowed
     */
    public record Fault(String pointer, String detail) {}

    /** A problem without parts. */
    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind.type(), kind.title(), kind.status(), detail, List.of(), null);
    }

    /** The same with a request id. */
    public Problem withRequestId(@Nullable String id) {
        return new Problem(type, title, status, detail, errors, id);
    }
}
