package io.pentameter.gateway.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows callers who they are here: the first thing to ask when a key does not do what it ought to. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
class MeResource {

    private final TokenVerifier verifier;

    MeResource(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @GET
    public Uni<MeView> getMe(@Context HttpHeaders headers) {
        return Uni.createFrom().item(MeView.of(verifier.verify(headers.getHeaderString(HttpHeaders.AUTHORIZATION))));
    }

    /**
     * @param kind   key or person
     * @param tenant absent for an operator who acts for none
     * @param roles  in the tenant; empty for keys
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeView(
            String kind,
            String subject,
            String name,
            @Nullable String tenant,
            List<String> scopes,
            List<String> roles) {

        static MeView of(Caller caller) {
            return new MeView(
                    caller.key() == null ? "person" : "key",
                    caller.subject(),
                    caller.name(),
                    caller.tenant(),
                    caller.scopes().stream().map(Scope::word).sorted().toList(),
                    caller.roles().stream().sorted().toList());
        }
    }
}
