package io.pentameter.aggregation.whatif;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.pricebook.KafkaPrices;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.pentameter.pricing.PriceList;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a window would have cost on another model or at other prices. */
@Path("/api/v1/costs/what-if")
@RunOnVirtualThread
class WhatIfResource {

    private final Reads reads;
    private final SinkProgress progress;
    private final Callers callers;
    private final InstantSource clock;
    private final KafkaPrices prices;

    WhatIfResource(Reads reads, SinkProgress progress, KafkaPrices prices, Callers callers, InstantSource clock) {
        this.reads = reads;
        this.progress = progress;
        this.callers = callers;
        this.prices = prices;
        this.clock = clock;
    }

    @POST
    public WhatIf ask(WhatIfQuery.@Nullable Body body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must have from, to and a model or prices");
        }
        WhatIfQuery query = body.read();
        SqlKeptSince.require(reads, tenant, "/from", query.window().from());
        Tariff tariff =
                query.prices().orElseGet(() -> ofModel(tenant, query.model().orElseThrow()));
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        return WhatIfs.of(query, tariff, new SqlWhatIf(reads, tenant).read(query, tariff), visibleUntil);
    }

    private Tariff ofModel(String tenant, WhatIfQuery.Model model) {
        KafkaPrices.Known known = prices.of(tenant);
        PriceList list = known.list(model.priceVersion())
                .orElseThrow(() -> ProblemException.invalid(
                        "/model/priceVersion",
                        "there is no version '%s'; there are %s, %s"
                                .formatted(
                                        model.priceVersion(), KafkaPrices.LATEST, String.join(", ", known.names()))));
        return new PriceListTariffs(list)
                .of(model.provider(), model.model(), model.serviceTier(), clock.instant())
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "neither the price book nor your own prices have one for model '%s' of '%s', service tier '%s': give pricesUsdPerMillion"
                                .formatted(
                                        model.model(),
                                        model.provider(),
                                        model.serviceTier().isEmpty() ? "standard" : model.serviceTier())));
    }
}
