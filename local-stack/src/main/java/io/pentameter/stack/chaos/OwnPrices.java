package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.LocalDate;

/** The tenant's own prices: none, or half of the book's on some days. */
final class OwnPrices {

    private static final String PATH = "/api/v1/prices/overrides";
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Until those who price have heard of it. */
    private static final Duration SPREAD = Duration.ofSeconds(10);

    private final Administrator administrator;

    OwnPrices(Administrator administrator) {
        this.administrator = administrator;
    }

    /** Takes away what a run before, which did not come to its end, has left. */
    void clear() {
        JsonNode found = administrator.asked(PAUSE, api -> api.get(PATH), answer -> answer.status() == 200);
        if (!found.path("discounts").isEmpty()) {
            put("{}");
            Waiting.pause(SPREAD);
        }
    }

    /** @param until the first day that has the book's prices again */
    void halve(LocalDate until) {
        put("{\"discounts\": [{\"percent\": \"50\", \"until\": \"%s\"}]}".formatted(until));
    }

    private void put(String prices) {
        administrator.asked(PAUSE, api -> api.put(PATH, prices), answer -> answer.status() == 200);
    }
}
