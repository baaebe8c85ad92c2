package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.acceptance.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The second tenant tries every route of the API's own description with every id, value, cursor and reference of the first:
 * nothing is found, and nothing can be told apart from what does not exist.
 *
 * <p>The routes are those that the running gateway describes; {@link RoutesStory} says that these are all. One that is new fails
 * here until {@link Belongings} has an id for it, and {@link ExampleBodies} a body. Routes in the words of other vendors have
 * {@link VendorsStory}: there every id is the sender's own to choose.
 */
@ExtendWith(RunningStack.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationStory {

    /** Parameters that choose the part of a list rather than something in it. */
    private static final Set<String> NOT_FILTERS = Set.of("from", "to", "limit", "cursor");

    /** A client cannot bring forth a dead letter, so there is no second page to ask for. */
    private static final Set<String> ONE_PAGE = Set.of("GET /api/v1/accounting/dead-letters");

    /** These take any id of a trace as the sender's own; what comes of that has a test of its own. */
    private static final Set<String> TAKES_ANY_TRACE =
            Set.of("/v1/traces", "/v1/logs", "/api/v1/feedback", "/api/v1/outcomes", "/api/v1/imports/bedrock");

    /** Of those, what makes a span of it. */
    private static final Set<String> MAKES_A_SPAN = Set.of("/v1/traces", "/api/v1/imports/bedrock");

    private static final int AT_ONCE = 3;

    private final RunningStack stack;
    private final List<Operation> operations;
    private final Belongings theirs;
    private final Belongings own;
    private final Map<String, Client> callers = new LinkedHashMap<>();

    IsolationStory(RunningStack stack) {
        this.stack = stack;
        operations = ApiDescription.operations(
                        stack.read().get("/api/v1/openapi?format=json").json())
                .stream()
                .filter(operation -> !operation.tag().equals("vendors"))
                .toList();
        theirs = Belongings.of(stack::admin, stack.ingest(), stack.fact("PENTAMETER_TENANT"));
        own = Belongings.of(stack::otherAdmin, stack.otherIngest(), stack.fact("PENTAMETER_SECOND_TENANT"));
    }

    /** A login does not last as long as the story. */
    @BeforeEach
    void logIn() {
        callers.put("admin", stack.otherAdmin());
        callers.put("read", stack.otherRead());
        callers.put("ingest", stack.otherIngest());
    }

    @AfterAll
    void clear() {
        theirs.close();
        own.close();
    }

    @Test
    void eachRouteIsTriedInSomeWay() {
        Set<String> withBody = operations.stream()
                .filter(Operation::hasBody)
                .map(Operation::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(operations)
                .hasSizeGreaterThan(40)
                .allMatch(it -> it.hasId() || it.hasBody() || it.method().equals("GET"));
        assertThat(new ExampleBodies("x").operations()).containsExactlyInAnyOrderElementsOf(withBody);
        operations.stream().filter(Operation::hasId).forEach(theirs::idFor);
    }

    @Test
    void everyIdInEveryPathIsLikeOneThatDoesNotExist() {
        Map<String, String> before = theirs.views();
        ExampleBodies bodies = new ExampleBodies(Spans.unique("intruder"));
        List<Runnable> checks = new ArrayList<>();
        for (Operation operation : operations.stream().filter(Operation::hasId).toList()) {
            for (String value : theirs.values()) {
                callersWith(value, theirs.idFor(operation))
                        .forEach((name, caller) -> checks.add(() -> assertLikeAbsent(
                                operation + " as " + name,
                                value,
                                id -> caller.call(
                                        operation.method(),
                                        operation.withId(encoded(id)),
                                        operation.hasBody() ? bodies.of(operation.name(), own.word()) : ""))));
            }
        }
        makeAll(checks);

        assertThat(theirs.views()).isEqualTo(before);
    }

    @Test
    void everyValueOfEveryFilterIsLikeOneThatNothingHas() {
        List<Runnable> checks = new ArrayList<>();
        for (Operation operation : withMethod("GET")) {
            for (String filter : operation.queries()) {
                if (!NOT_FILTERS.contains(filter)) {
                    for (String value : theirs.values()) {
                        callersWith(value, theirs.values().iterator().next())
                                .forEach((name, caller) -> checks.add(() -> assertLikeAbsent(
                                        operation + "?" + filter + " as " + name,
                                        value,
                                        tried ->
                                                caller.get(ownPath(operation) + "?" + filter + "=" + encoded(tried)))));
                    }
                }
            }
        }
        makeAll(checks);
    }

    @Test
    void everyListShowsTheOwnOnlyWhateverHeadersSay() {
        for (Operation operation : withMethod("GET")) {
            callers.forEach((name, caller) -> {
                Answer answer = caller.send(
                        ownPath(operation),
                        request -> request.header("Pentameter-Tenant", stack.fact("PENTAMETER_TENANT"))
                                .header("X-Tenant-Id", stack.fact("PENTAMETER_TENANT"))
                                .header("X-Scope-OrgID", stack.fact("PENTAMETER_TENANT"))
                                .header("Tenant", stack.fact("PENTAMETER_TENANT"))
                                .GET());

                assertThat(answer.status()).as(operation.toString()).isLessThan(500);
                assertShowsNothing(operation + " as " + name, answer.text());
            });
        }
    }

    @Test
    void everyCursorInEveryListIsLikeOneThatNobodyGave() {
        Map<String, String> cursors = new LinkedHashMap<>();
        List<Operation> lists = withMethod("GET").stream()
                .filter(operation -> operation.queries().contains("cursor"))
                .toList();
        for (Operation list : lists) {
            if (!ONE_PAGE.contains(list.name())) {
                Client owner = list.path().contains("/admin/") ? stack.operator() : stack.admin();
                String path = list.hasId() ? list.withId(theirs.idFor(list)) : list.path();
                cursors.put(list.name(), next(owner.get(path + "?limit=1").json(), path));
            }
        }

        assertThat(cursors).hasSizeGreaterThan(7);
        List<Runnable> checks = new ArrayList<>();
        for (Operation list : lists) {
            cursors.forEach((from, cursor) -> callers.forEach((name, caller) -> checks.add(() -> assertLikeAbsent(
                    list + " as " + name + " with a cursor of " + from,
                    cursor,
                    tried -> caller.get(ownPath(list) + "?limit=5&cursor=" + encoded(tried))))));
        }
        makeAll(checks);
    }

    @Test
    void everyReferenceInABodyIsLikeOneToNothing() {
        ExampleBodies bodies = new ExampleBodies(Spans.unique("intruder"));
        List<Operation> referring = operations.stream()
                .filter(operation -> operation.hasBody() && bodies.hasSlot(operation.name()))
                .filter(operation -> TAKES_ANY_TRACE.stream().noneMatch(operation.path()::endsWith))
                .toList();

        assertThat(referring).hasSizeGreaterThan(3);
        List<Runnable> checks = new ArrayList<>();
        for (Operation operation : referring) {
            for (String value : theirs.values()) {
                callersWith(value, theirs.values().iterator().next())
                        .forEach((name, caller) -> checks.add(() -> assertLikeAbsent(
                                operation + " as " + name,
                                value,
                                tried -> caller.call(
                                        operation.method(), ownPath(operation), bodies.of(operation.name(), tried)))));
            }
        }
        makeAll(checks);
    }

    @Test
    void aQueryByEveryDimensionFindsNothing() {
        Operation list = operations.stream()
                .filter(operation -> operation.name().equals("GET /api/v1/traces"))
                .findFirst()
                .orElseThrow();
        String body = new ExampleBodies("x").of("POST /api/v1/metrics/query", theirs.word());
        for (String dimension : list.queries()) {
            if (!NOT_FILTERS.contains(dimension)) {
                Answer answer =
                        stack.otherRead().query(body.replace("\"feature\",\"op\"", "\"" + dimension + "\",\"op\""));
                assertThat(answer.status()).as(dimension + answer.text()).isIn(200, 400);
                if (answer.status() == 200) {
                    assertThat(answer.json().at("/totals/spans").asLong())
                            .as(dimension)
                            .isZero();
                    assertThat(answer.json().get("series")).as(dimension).isEmpty();
                }
            }
        }
        String tenants = "{\"tenants\":[\"%s\"],".formatted(stack.fact("PENTAMETER_TENANT"));
        assertShowsNothing(
                "a query that names tenants",
                stack.otherRead().query(body.replaceFirst("\\{", tenants)).text());
        assertThat(stack.otherRead()
                        .query(body.replace("\"feature\",\"op\"", "\"tenant\",\"op\""))
                        .status())
                .isEqualTo(400);
        assertThat(stack.otherRead()
                        .post("/internal/v1/metrics/query-all", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anIdempotencyKeyOfTheFirstTenantIsLikeAFreshOne() {
        ExampleBodies bodies = new ExampleBodies(Spans.unique("intruder"));
        Client admin = stack.otherAdmin();
        for (String path : theirs.created()) {
            Answer answer = admin.call(
                    "POST",
                    path,
                    bodies.of("POST " + path, own.idFor("/api/v1/destinations/{}")),
                    Map.of("Idempotency-Key", theirs.idempotencyKey(path)));

            assertThat(answer.status()).as(path + answer.text()).isEqualTo(201);
            assertThat(answer.headers().firstValue("Idempotency-Replayed"))
                    .as(path)
                    .isEmpty();
            assertShowsNothing(path, answer.text());
            admin.delete(path + "/" + answer.json().get("id").asText());
        }
    }

    @Test
    void aTraceIdOfTheFirstTenantIsAnIdLikeAnyOther() {
        String trace = "/api/v1/traces/" + theirs.spareTrace();
        int before = stack.read().get(trace).json().path("spans").size();
        ExampleBodies bodies = new ExampleBodies("x");
        int sent = 0;
        for (Operation operation : operations) {
            if (TAKES_ANY_TRACE.stream().anyMatch(operation.path()::endsWith) && operation.hasBody()) {
                Answer answer = stack.otherIngest()
                        .call("POST", operation.path(), bodies.of(operation.name(), theirs.spareTrace()));
                assertThat(answer.status()).as(operation + answer.text()).isBetween(200, 202);
                sent += MAKES_A_SPAN.stream().anyMatch(operation.path()::endsWith) ? 1 : 0;
            }
        }
        int spans = sent;

        await().atMost(Duration.ofSeconds(30))
                .until(() -> stack.otherRead().get(trace).json().path("spans").size() == spans);
        assertShowsNothing(trace, stack.otherRead().get(trace).text().replace(theirs.spareTrace(), ""));
        assertThat(stack.read().get(trace).json().path("spans")).hasSize(before);
        assertThat(stack.read().get(trace).text()).doesNotContain("thumbs");
    }

    /** The admin, who may do all that the keys may, tries every value; the keys try one. */
    private Map<String, Client> callersWith(String value, String ofTheKeys) {
        return value.equals(ofTheKeys) ? callers : Map.of("admin", Objects.requireNonNull(callers.get("admin")));
    }

    /** Thousands of calls that wait for answers more than they keep a processor busy; none depends on another. */
    private static void makeAll(List<Runnable> checks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<? extends Future<?>> made =
                    checks.stream().map(threads::submit).toList();
            try {
                for (Future<?> one : made) {
                    one.get();
                }
            } catch (ExecutionException e) {
                made.forEach(one -> one.cancel(true));
                throw new AssertionError("a foreign id showed something", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** A list may change between two calls for reasons of its own, so the comparison is made again for a while. */
    private void assertLikeAbsent(String what, String value, Function<String, Answer> call) {
        String absent = absentLike(value);
        try {
            assertAlike(what, call.apply(value), call.apply(absent), value);
        } catch (AssertionError _) {
            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertAlike(what, call.apply(value), call.apply(absent), value));
        }
    }

    private void assertAlike(String what, Answer foreign, Answer nothing, String value) {
        assertThat(foreign.status()).as(what).isNotEqualTo(401).isEqualTo(nothing.status());
        assertThat(shape(foreign.text(), value)).as(what).isEqualTo(shape(nothing.text(), absentLike(value)));
        assertThat(foreign.headers().map().keySet())
                .as(what)
                .isEqualTo(nothing.headers().map().keySet());
        assertShowsNothing(what, foreign.text().replace(value, ""));
    }

    private void assertShowsNothing(String what, String text) {
        assertThat(text).as(what).doesNotContain(theirs.word());
        for (String value : theirs.values()) {
            assertThat(text).as(what).doesNotContain("\"" + value + "\"");
        }
    }

    private List<Operation> withMethod(String method) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method))
                .toList();
    }

    private String ownPath(Operation operation) {
        return operation.hasId() ? operation.withId(own.idFor(operation)) : operation.path();
    }

    private static String next(JsonNode page, String path) {
        for (String name : List.of("next", "nextCursor", "next_cursor")) {
            if (page.path(name).isTextual()) {
                return page.get(name).asText();
            }
        }
        throw new AssertionError("no second page of " + path + ": let Belongings make two: " + page);
    }

    /** A value of the same form that nobody has: its last but one character is another. */
    private static String absentLike(String value) {
        int at = value.length() - 2;
        char other = value.charAt(at) == 'b' ? 'c' : 'b';
        return value.substring(0, at) + other + value.substring(at + 1);
    }

    /** The answer without what must differ: the value asked for, the number of the request, the state of the clock. */
    private static String shape(String text, String value) {
        return text.replace(value, "VALUE")
                .replaceAll("\"(requestId|visibleUntil|as_of|reset)\":\"[^\"]*\"", "\"$1\":\"\"");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
