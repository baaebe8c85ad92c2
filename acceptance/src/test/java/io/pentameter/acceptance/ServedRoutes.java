package io.pentameter.acceptance;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** The routes of a service as its resources declare them. */
final class ServedRoutes {

    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final DotName QUERY = DotName.createSimple("jakarta.ws.rs.QueryParam");
    private static final DotName REST_QUERY = DotName.createSimple("org.jboss.resteasy.reactive.RestQuery");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private ServedRoutes() {}

    /** Names of query parameters by {@link ApiDescription.Operation#name}. */
    static Map<String, Set<String>> of(String service) throws IOException {
        Index classes = ServiceClasses.of(service);
        Set<ClassInfo> resources = new HashSet<>();
        for (AnnotationInstance path : classes.getAnnotations(PATH)) {
            resources.add(
                    switch (path.target().kind()) {
                        case CLASS -> path.target().asClass();
                        default -> path.target().asMethod().declaringClass();
                    });
        }
        Map<String, Set<String>> routes = new TreeMap<>();
        for (ClassInfo resource : resources) {
            for (MethodInfo method : resource.methods()) {
                for (String verb : METHODS) {
                    if (method.hasAnnotation(DotName.createSimple("jakarta.ws.rs." + verb))) {
                        String path = joined(
                                valueOf(resource.declaredAnnotation(PATH)), valueOf(method.declaredAnnotation(PATH)));
                        routes.put(verb + " " + path.replaceAll("\\{[^}]*}", "{}"), queries(method));
                    }
                }
            }
        }
        return routes;
    }

    private static Set<String> queries(MethodInfo method) {
        Set<String> names = new TreeSet<>();
        for (DotName kind : List.of(QUERY, REST_QUERY)) {
            for (AnnotationInstance query : method.annotations(kind)) {
                names.add(
                        query.value() == null
                                ? query.target().asMethodParameter().name()
                                : query.value().asString());
            }
        }
        return names;
    }

    private static String valueOf(@Nullable AnnotationInstance path) {
        return path == null ? "" : path.value().asString();
    }

    private static String joined(String base, String rest) {
        String path = base + "/" + rest;
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }
}
