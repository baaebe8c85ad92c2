package io.pentameter.gateway.route;

import io.pentameter.kit.token.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One public route.
 *
 * @param methods  HTTP methods in capitals, at least one
 * @param template path; a segment <code>{name}</code> stands for any one segment
 * @param upstream who serves it
 * @param anyOf    scopes of which the caller needs one; empty if being known is enough
 * @param dialect  how refusals are worded
 * @param audited  whether the request is written to the audit log first
 * @param isOpen   whether callers need no credential
 */
public record Route(
        Set<String> methods,
        String template,
        Upstream upstream,
        Set<Scope> anyOf,
        Dialect dialect,
        Audited audited,
        boolean isOpen) {

    public Route {
        methods = Set.copyOf(methods);
        anyOf = Set.copyOf(anyOf);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("a route needs a method: " + template);
        }
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException("a template starts with a slash: " + template);
        }
    }

    /** A route of our own API whose requests are not audited by the gateway. */
    static Route of(String methods, String template, Upstream upstream, Scope... anyOf) {
        return new Route(
                Set.of(methods.split(" ")), template, upstream, Set.of(anyOf), Dialect.PROBLEM, Audited.NO, false);
    }

    Route withDialect(Dialect other) {
        return new Route(methods, template, upstream, anyOf, other, audited, isOpen);
    }

    Route withAudit(Audited other) {
        return new Route(methods, template, upstream, anyOf, dialect, other, isOpen);
    }

    Route open() {
        return new Route(methods, template, upstream, anyOf, dialect, audited, true);
    }

    /** Whether a caller with these scopes may use the route. */
    public boolean allows(Set<Scope> scopes) {
        return anyOf.isEmpty() || anyOf.stream().anyMatch(scopes::contains);
    }

    /** Whether use of the route without the scope is worth an entry in the audit log. */
    public boolean isAdministrative() {
        return !anyOf.isEmpty() && anyOf.stream().noneMatch(s -> s == Scope.READ || s == Scope.INGEST);
    }

    boolean isLiteral() {
        return !template.contains("{");
    }

    boolean matches(List<String> path) {
        List<String> mine = segments(template);
        if (path.size() != mine.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            String segment = mine.get(i);
            if (!segment.startsWith("{") && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    static List<String> segments(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }
}
