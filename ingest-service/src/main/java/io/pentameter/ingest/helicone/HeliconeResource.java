package io.pentameter.ingest.helicone;

import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The route of Helicone's loggers. */
@ApplicationScoped
class HeliconeResource implements VendorRoute.Source {

    @Override
    public List<VendorRoute> routes() {
        return List.of(new VendorRoute("POST", "/custom/v1/log", new HeliconeLog()));
    }
}
