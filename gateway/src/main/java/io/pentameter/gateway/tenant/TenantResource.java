package io.pentameter.gateway.tenant;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.HttpActors;
import io.pentameter.gateway.member.NewMember;
import io.pentameter.gateway.member.PostgresMembers;
import io.pentameter.gateway.page.Cursors;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.token.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The tenants of the platform, for its operator. */
@Path("/api/v1/admin/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class TenantResource {

    private final PostgresSystemTenants tenants;
    private final PostgresMembers members;
    private final HttpActors actors;

    TenantResource(PostgresSystemTenants tenants, PostgresMembers members, HttpActors actors) {
        this.tenants = tenants;
        this.members = members;
        this.actors = actors;
    }

    /** Newest first. */
    @GET
    public Uni<Page<Tenant>> listTenants(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        actors.with(Scope.OPERATOR);
        return tenants.list(Cursors.decode(cursor), Cursors.limit(limit));
    }

    @POST
    public Uni<Response> createTenant(@Nullable TenantChange body) {
        return tenants.create(actors.with(Scope.OPERATOR), body == null ? TenantChange.EMPTY : body);
    }

    @GET
    @Path("{id}")
    public Uni<Tenant> getTenant(String id) {
        actors.with(Scope.OPERATOR);
        return tenants.find(id);
    }

    /** Changes what is given; {@code suspended} shuts the tenant's keys and people out within 5 s. */
    @PATCH
    @Path("{id}")
    public Uni<Tenant> changeTenant(String id, @Nullable TenantChange body) {
        return tenants.change(actors.with(Scope.OPERATOR), id, body == null ? TenantChange.EMPTY : body);
    }

    /** How a new tenant gets its first admin. */
    @POST
    @Path("{id}/members")
    public Uni<Response> createTenantMember(String id, @Nullable NewMember body) {
        Actor actor = actors.with(Scope.OPERATOR);
        return tenants.find(id)
                .chain(tenant -> members.create(actor, tenant.id(), body == null ? NewMember.EMPTY : body));
    }
}
