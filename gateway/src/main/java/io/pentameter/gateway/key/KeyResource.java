package io.pentameter.gateway.key;

import io.pentameter.gateway.admin.HttpActors;
import io.pentameter.gateway.page.Cursors;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API keys of the caller's tenant. */
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class KeyResource {

    private static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);
    private static final Duration MAX_OVERLAP = Duration.ofDays(30);

    private final PostgresKeys keys;
    private final HttpActors actors;

    KeyResource(PostgresKeys keys, HttpActors actors) {
        this.keys = keys;
        this.actors = actors;
    }

    /** Newest first, revoked ones too. */
    @GET
    public Uni<Page<ApiKey>> listKeys(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        return keys.list(actors.with(Scope.ADMIN), Cursors.decode(cursor), Cursors.limit(limit));
    }

    /** 201 with the key's text, which is shown this once. */
    @POST
    public Uni<Response> createKey(@Nullable NewKey body) {
        return keys.create(actors.with(Scope.ADMIN), body == null ? new NewKey(null, null, null, null) : body);
    }

    @GET
    @Path("{id}")
    public Uni<ApiKey> getKey(String id) {
        return keys.find(actors.with(Scope.ADMIN), id);
    }

    /** Revokes it; in force here at once, on every node within 5 s. */
    @DELETE
    @Path("{id}")
    public Uni<Void> revokeKey(String id) {
        return keys.revoke(actors.with(Scope.ADMIN), id);
    }

    /** A new secret for the same key; the old one is taken until the overlap is over. */
    @POST
    @Path("{id}/rotate")
    public Uni<IssuedKey> rotateKey(String id, @Nullable Rotation body) {
        Duration overlap = body == null || body.overlap() == null ? DEFAULT_OVERLAP : body.overlap();
        if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
            throw ProblemException.invalid("/overlap", "must be in PT0S..%s: %s".formatted(MAX_OVERLAP, overlap));
        }
        return keys.rotate(actors.with(Scope.ADMIN), id, overlap);
    }

    /** @param overlap how long the old secret is taken still, 0 to 30 days, ISO 8601; absent for one day */
    record Rotation(@Nullable Duration overlap) {}
}
