package io.pentameter.gateway.settings;

import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.HttpActors;
import io.pentameter.gateway.tenant.PostgresOwnTenant;
import io.pentameter.gateway.tenant.Profile;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the caller's tenant configures; the services take a change over within seconds. */
@Path("/api/v1/settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class SettingsResource {

    private static final String MAPPING = "mapping";
    private static final String REDACTION = "redaction";

    private final PostgresSettings settings;
    private final PostgresOwnTenant tenant;
    private final HttpActors actors;

    SettingsResource(PostgresSettings settings, PostgresOwnTenant tenant, HttpActors actors) {
        this.settings = settings;
        this.tenant = tenant;
        this.actors = actors;
    }

    @GET
    @Path(MAPPING)
    public Uni<Setting<Mapping>> getMapping() {
        return settings.find(actors.with(Scope.ADMIN), MAPPING, Mapping.NONE, Mapping.class);
    }

    /** Replaces all rules. */
    @PUT
    @Path(MAPPING)
    public Uni<Setting<Mapping>> putMapping(@Nullable Mapping body) {
        Actor actor = actors.with(Scope.ADMIN);
        Mapping mapping = present(body);
        refuse(mapping.faults());
        return settings.replace(
                actor, MAPPING, mapping, TenantConfigRecord.newBuilder().setMapping(mapping.toRecord()));
    }

    @GET
    @Path(REDACTION)
    public Uni<Setting<Redaction>> getRedaction() {
        return settings.find(actors.with(Scope.ADMIN), REDACTION, Redaction.NONE, Redaction.class);
    }

    /** Replaces all rules. */
    @PUT
    @Path(REDACTION)
    public Uni<Setting<Redaction>> putRedaction(@Nullable Redaction body) {
        Actor actor = actors.with(Scope.ADMIN);
        Redaction redaction = present(body);
        refuse(redaction.faults());
        return settings.replace(
                actor, REDACTION, redaction, TenantConfigRecord.newBuilder().setRedaction(redaction.toRecord()));
    }

    @GET
    @Path("profile")
    public Uni<ProfileView> getProfile() {
        return tenant.profile(actors.with(Scope.ADMIN)).map(ProfileView::of);
    }

    /** What is absent stays. */
    @PUT
    @Path("profile")
    public Uni<ProfileView> putProfile(@Nullable ProfileChange body) {
        Actor actor = actors.with(Scope.ADMIN);
        ProfileChange change = present(body);
        return tenant.change(actor, change.retentionDays(), change.payloadMode())
                .map(ProfileView::of);
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body is missing");
        }
        return body;
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /**
     * @param payloadMode   full, masked or metadata_only
     * @param retentionDays 1 to 3650
     */
    record ProfileChange(
            @Nullable String payloadMode, @Nullable Integer retentionDays) {}

    /** @param version grows with each change */
    record ProfileView(String payloadMode, int retentionDays, long version) {

        static ProfileView of(Profile profile) {
            return new ProfileView(profile.payloadMode(), profile.retentionDays(), profile.version());
        }
    }
}
