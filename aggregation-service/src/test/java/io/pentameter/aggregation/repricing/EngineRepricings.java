package io.pentameter.aggregation.repricing;

import static io.pentameter.aggregation.repricing.PricedCalls.BOOK;
import static io.pentameter.aggregation.repricing.PricedCalls.FROM;
import static io.pentameter.aggregation.repricing.PricedCalls.TO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.pricing.PriceList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Repricings on a database of their own. */
final class EngineRepricings {

    static final Store STORE = Store.of("repricing_test");
    private static final ObjectMapper JSON =
            JsonMapper.builder().findAndAddModules().build();
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LENGTH = Duration.between(FROM, TO);
    private static long generations = 1000;

    private EngineRepricings() {}

    /** Works a repricing out over the whole time of {@link PricedCalls}; nobody sees it yet. */
    static Repricing workOut(String tenant, PriceList prices, boolean onlyUnknown) {
        return workOut(repricing(tenant, onlyUnknown), prices);
    }

    /** The same of the twelve hours that begin then. */
    static Repricing workOut(String tenant, PriceList prices, Instant from) {
        return workOut(repricing(tenant, false, from), prices);
    }

    private static Repricing workOut(Repricing repricing, PriceList prices) {
        SqlRepricer repricer = new SqlRepricer(STORE.reads(), STORE.reads(), STORE.inserts());
        try {
            repricer.writeLines(repricing, prices);
        } catch (SqlRepricer.ImpossibleException e) {
            throw new AssertionError(e);
        }
        List<RepriceSql.Piece> pieces = repricer.pieces(repricing);
        assertThat(pieces).isNotEmpty();
        repricer.price(pieces, List.of(), _ -> {});
        return repricing;
    }

    static Repricing repricing(String tenant, boolean onlyUnknown) {
        return repricing(tenant, onlyUnknown, FROM);
    }

    private static Repricing repricing(String tenant, boolean onlyUnknown, Instant from) {
        generations++;
        return new Repricing(
                tenant,
                "r" + generations,
                generations,
                Repricing.State.CALCULATING,
                new RepricingOrder(from, from.plus(LENGTH), List.of(), "latest", onlyUnknown),
                BOOK.version(),
                3,
                1,
                0,
                "",
                "ada",
                NOW);
    }

    static SqlRepricings repricings(Instant now) {
        return new SqlRepricings(STORE.reads(), STORE.inserts(), JSON, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** What the tenant's spans cost with all visible repricings, 1e-9 USD. */
    static long current(String tenant) {
        return current(tenant, FROM);
    }

    static long current(String tenant, Instant from) {
        Bindings bindings = new Bindings();
        String visible = Generations.visible(TenantQuery.TENANT, from, from.plus(LENGTH), bindings);
        Generations generations =
                new Generations(STORE.reads().read(new TenantQuery(tenant, visible, bindings), row -> row.getLong(1)));
        Bindings more = new Bindings();
        String sql = "SELECT sum(cost_nano) FROM "
                + generations.spans(TenantQuery.TENANT, "start >= " + more.instant(from), more) + " WHERE "
                + TenantQuery.TENANT;
        return STORE.reads()
                .read(new TenantQuery(tenant, sql, more), row -> row.getLong(1))
                .getFirst();
    }
}
