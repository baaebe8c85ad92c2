package io.pentameter.gateway.vendor;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Serves {@link VendorInfo}; open, because clients ask before they show a key, or show none. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
class VendorInfoResource {

    @GET
    @Path("/info")
    public Uni<Map<String, Object>> agentInfo() {
        return Uni.createFrom().item(VendorInfo.agent());
    }

    @GET
    @Path("/langsmith/info")
    public Uni<Map<String, Object>> langsmithInfo() {
        return Uni.createFrom().item(VendorInfo.langsmith());
    }

    @GET
    @Path("/api/public/health")
    public Uni<Map<String, String>> langfuseHealth() {
        return Uni.createFrom().item(VendorInfo.langfuseHealth());
    }
}
