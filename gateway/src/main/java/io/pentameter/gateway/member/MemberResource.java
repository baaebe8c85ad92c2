package io.pentameter.gateway.member;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.HttpActors;
import io.pentameter.gateway.page.Cursors;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.token.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** The people of the caller's tenant. */
@Path("/api/v1/members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class MemberResource {

    private final PostgresMembers members;
    private final HttpActors actors;

    MemberResource(PostgresMembers members, HttpActors actors) {
        this.members = members;
        this.actors = actors;
    }

    /** Newest first. */
    @GET
    public Uni<Page<Member>> listMembers(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        return members.list(actors.with(Scope.ADMIN), Cursors.decode(cursor), Cursors.limit(limit));
    }

    @POST
    public Uni<Response> createMember(@Nullable NewMember body) {
        Actor actor = actors.with(Scope.ADMIN);
        return members.create(actor, actor.tenant(), body == null ? NewMember.EMPTY : body);
    }

    @GET
    @Path("{id}")
    public Uni<Member> getMember(String id) {
        return members.find(actors.with(Scope.ADMIN), id);
    }

    /** Replaces the roles; in force here at once, on every node within 5 s. */
    @PATCH
    @Path("{id}")
    public Uni<Member> changeMember(String id, @Nullable NewMember body) {
        return members.changeRoles(actors.with(Scope.ADMIN), id, body == null ? NewMember.EMPTY : body);
    }

    @DELETE
    @Path("{id}")
    public Uni<Void> removeMember(String id) {
        return members.remove(actors.with(Scope.ADMIN), id);
    }
}
