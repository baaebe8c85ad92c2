package io.pentameter.bench.money;

import java.time.Instant;
import java.util.List;

/**
 * A question that is timed.
 *
 * @param aimMillis at most so long, in 95 of 100 cases
 * @param rest      of the body, without the window
 */
record MoneyQuery(String title, String path, int aimMillis, String rest) {

    private static final String COSTS = "/api/v1/costs/query";
    private static final int DASHBOARD = 150;
    private static final int ANY_CUT = 1_000;

    String body(Instant from, Instant to) {
        return "{\"from\":\"%s\",\"to\":\"%s\",%s}".formatted(from, to, rest);
    }

    static List<MoneyQuery> all() {
        return List.of(
                new MoneyQuery("cost by feature", COSTS, DASHBOARD, "\"groupBy\":[\"feature\"]"),
                new MoneyQuery("cost by feature and model", COSTS, DASHBOARD, "\"groupBy\":[\"feature\",\"model\"]"),
                new MoneyQuery("cost by route", COSTS, DASHBOARD, "\"groupBy\":[\"route\"]"),
                new MoneyQuery(
                        "cost by model, per day",
                        "/api/v1/metrics/query",
                        DASHBOARD,
                        "\"measures\":[\"cost_usd\",\"requests\"],\"groupBy\":[\"model\"],\"interval\":\"PT24H\""),
                new MoneyQuery("customers, 20 shown, the others exact", COSTS, ANY_CUT, "\"groupBy\":[\"customer\"]"),
                new MoneyQuery("users", COSTS, ANY_CUT, "\"groupBy\":[\"user\"]"),
                new MoneyQuery("sessions", COSTS, ANY_CUT, "\"groupBy\":[\"session\"]"),
                new MoneyQuery("tags, shared among them", COSTS, ANY_CUT, "\"groupBy\":[\"tag\"]"),
                new MoneyQuery("token classes", COSTS, ANY_CUT, "\"groupBy\":[\"token_class\"]"),
                new MoneyQuery("an own dimension, declared", COSTS, ANY_CUT, "\"groupBy\":[\"attr.team\"]"),
                new MoneyQuery(
                        "one of its values by feature and model",
                        COSTS,
                        ANY_CUT,
                        "\"groupBy\":[\"feature\",\"model\"],\"filters\":[{\"dimension\":\"attr.team\",\"op\":\"eq\",\"value\":\"team-7\"}]"),
                new MoneyQuery("an own attribute, not declared", COSTS, ANY_CUT, "\"groupBy\":[\"attr.plan\"]"),
                new MoneyQuery(
                        "customers of one feature",
                        COSTS,
                        ANY_CUT,
                        "\"groupBy\":[\"customer\"],\"filters\":[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"feature-3\"}]"),
                new MoneyQuery(
                        "one customer by feature and model",
                        COSTS,
                        ANY_CUT,
                        "\"groupBy\":[\"feature\",\"model\"],\"filters\":[{\"dimension\":\"customer\",\"op\":\"eq\",\"value\":\"customer-77\"}]"),
                new MoneyQuery(
                        "drill-down: the traces of one customer",
                        "/api/v1/traces/search",
                        ANY_CUT,
                        "\"filters\":[{\"dimension\":\"customer\",\"op\":\"eq\",\"value\":\"customer-77\"}]"));
    }
}
