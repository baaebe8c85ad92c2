package io.pentameter.ingest.price;

import io.pentameter.ingest.config.CurrentPrices;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.ForbiddenException;
import io.pentameter.kit.token.Scope;
import io.pentameter.pricing.ImportReport;
import io.pentameter.pricing.PriceFile;
import io.pentameter.pricing.PriceImport;
import io.pentameter.pricing.PriceKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The price book: its versions, newer files, and what a model costs. */
@Path("/api/v1/prices")
@RunOnVirtualThread
class PricesResource {

    private static final int MAX_NAME = 300;

    private final Callers callers;
    private final PostgresPriceBooks books;
    private final CurrentPrices prices;
    private final InstantSource clock;

    PricesResource(Callers callers, PostgresPriceBooks books, CurrentPrices prices, InstantSource clock) {
        this.callers = callers;
        this.books = books;
        this.prices = prices;
        this.clock = clock;
    }

    /** @param inForce the version that spans are priced with now */
    record VersionsView(String inForce, List<PostgresPriceBooks.Version> versions) {}

    /** @param version to put in force again */
    record RestoreBody(@Nullable String version) {}

    /** What a model costs the caller's tenant. */
    @GET
    public PriceView prices(
            @QueryParam("provider") @DefaultValue("") String provider,
            @QueryParam("model") @DefaultValue("") String model,
            @QueryParam("service_tier") @DefaultValue("") String serviceTier,
            @QueryParam("at") @Nullable String at) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (model.isEmpty() || model.length() > MAX_NAME) {
            throw ProblemException.invalid(
                    "model", "must have 1 to %d characters: %d".formatted(MAX_NAME, model.length()));
        }
        return PriceView.of(prices.of(tenant), new PriceKey(provider, model, "", serviceTier), instant(at));
    }

    @GET
    @Path("versions")
    public VersionsView versions() {
        try {
            callers.with(Scope.OPERATOR);
        } catch (ForbiddenException _) {
            callers.with(Scope.READ);
        }
        return new VersionsView(prices.version(), books.versions());
    }

    @POST
    @Path("versions")
    @Consumes(MediaType.APPLICATION_JSON)
    public PostgresPriceBooks.Version restore(@Nullable RestoreBody body) {
        var caller = callers.with(Scope.OPERATOR);
        if (body == null || body.version() == null) {
            throw ProblemException.invalid("/version", "must name the version to put in force again");
        }
        return books.restore(caller, body.version());
    }

    /**
     * Takes a newer price file of either format.
     *
     * @param dryRun       tells what it would change, and changes nothing
     * @param date         of the file's publication; today if absent
     * @param effectiveFrom first day of changed prices that the file does not date; the file's date if absent
     * @param correction   changed prices hold for ever: the old ones were wrong
     * @param accept       ids whose suspicious changes are right
     */
    @POST
    @Path("import")
    @Consumes(MediaType.APPLICATION_JSON)
    public ImportReport importFile(
            InputStream body,
            @QueryParam("dry_run") @DefaultValue("false") boolean dryRun,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("date") @Nullable String date,
            @QueryParam("effective_from") @Nullable String effectiveFrom,
            @QueryParam("correction") @DefaultValue("false") boolean correction,
            @QueryParam("accept") @Nullable List<String> accept)
            throws IOException {
        var caller = callers.with(Scope.OPERATOR);
        LocalDate published = day("date", date, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate from = day("effective_from", effectiveFrom, published);
        byte[] bytes = body.readNBytes(PriceImport.MAX_BYTES + 1);
        if (bytes.length > PriceImport.MAX_BYTES) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE, "a price file must have at most %d bytes".formatted(PriceImport.MAX_BYTES));
        }
        return books.importFile(
                caller,
                new PriceFile(bytes, published, name),
                new PriceImport.Options(from, correction, new HashSet<>(accept == null ? List.of() : accept)),
                dryRun);
    }

    private Instant instant(@Nullable String at) {
        try {
            return at == null ? clock.instant() : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeException _) {
            throw ProblemException.invalid(
                    "at", "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: '%s'".formatted(at));
        }
    }

    private static LocalDate day(String name, @Nullable String text, LocalDate otherwise) {
        try {
            return text == null ? otherwise : LocalDate.parse(text);
        } catch (DateTimeException _) {
            throw ProblemException.invalid(name, "must be a date such as 2026-11-25: '%s'".formatted(text));
        }
    }
}
