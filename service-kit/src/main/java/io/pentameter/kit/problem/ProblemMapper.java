package io.pentameter.kit.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.pentameter.kit.token.ForbiddenException;
import io.pentameter.kit.token.InvalidTokenException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where an exception becomes an answer. What nobody foresaw is logged here, once, and shown as 500. */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response problem(ProblemException e, HttpHeaders headers) {
        return answer(e.problem(), e.retryAfter(), headers);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, HttpHeaders headers) {
        return answer(Problem.of(ProblemKind.FORBIDDEN, String.valueOf(e.getMessage())), null, headers);
    }

    @ServerExceptionMapper
    Response invalidToken(InvalidTokenException e, HttpHeaders headers) {
        return answer(Problem.of(ProblemKind.UNAUTHENTICATED, String.valueOf(e.getMessage())), null, headers);
    }

    @ServerExceptionMapper(priority = 1)
    Response unreadable(JsonProcessingException e, HttpHeaders headers) {
        return answer(unreadable(e), null, headers);
    }

    /** Named by itself, because Quarkus has a mapper of its own for it, which says nothing of what is wrong. */
    @ServerExceptionMapper(priority = 1)
    Response mismatched(MismatchedInputException e, HttpHeaders headers) {
        return answer(unreadable(e), null, headers);
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException cause) {
            return answer(unreadable(cause), null, headers);
        }
        ProblemKind kind = ProblemKind.ofStatus(e.getResponse().getStatus());
        if (kind == ProblemKind.INTERNAL) {
            return unforeseen(e, headers);
        }
        return answer(Problem.of(kind, kind.title()), null, headers);
    }

    @ServerExceptionMapper(priority = Integer.MAX_VALUE)
    Response unforeseen(Throwable e, HttpHeaders headers) {
        LOG.error("request failed", e);
        return answer(
                Problem.of(ProblemKind.INTERNAL, "the request failed; the log of the service has the reason"),
                null,
                headers);
    }

    private static Problem unreadable(JsonProcessingException e) {
        String pointer = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                        .collect(Collectors.joining())
                : "";
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        ProblemKind kind = ProblemKind.INVALID_INPUT;
        String detail = "the body is not the JSON that this route takes" + where + ": " + reason(e);
        return new Problem(
                kind.type(),
                kind.title(),
                kind.status(),
                detail,
                pointer.isEmpty() ? List.of() : List.of(new Problem.Fault(pointer, reason(e))),
                null);
    }

    /** In words of the API: Jackson's own would name our classes. */
    private static String reason(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "there is no field %s; known are %s"
                        .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
            case InvalidFormatException invalid ->
                "%s does not fit: a %s is expected"
                        .formatted(invalid.getValue(), invalid.getTargetType().getSimpleName());
            case MismatchedInputException mismatched
            when mismatched.getTargetType() != null ->
                "a %s is expected here"
                        .formatted(
                                mismatched.getTargetType().isRecord()
                                        ? "JSON object"
                                        : mismatched.getTargetType().getSimpleName());
            default -> e.getOriginalMessage();
        };
    }

    private static Response answer(Problem problem, @Nullable Duration retryAfter, HttpHeaders headers) {
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.withRequestId(headers.getHeaderString("Pentameter-Request-Id")));
        if (retryAfter != null) {
            response.header("Retry-After", Math.max(1, retryAfter.toSeconds()));
        }
        return response.build();
    }
}
