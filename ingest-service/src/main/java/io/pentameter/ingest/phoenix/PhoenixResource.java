package io.pentameter.ingest.phoenix;

import io.pentameter.ingest.assembly.Assembly;
import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The routes of Phoenix but for OTLP, which is served with all OTLP. */
@ApplicationScoped
class PhoenixResource implements VendorRoute.Source {

    private final Assembly assembly;

    PhoenixResource(Assembly assembly) {
        this.assembly = assembly;
    }

    @Override
    public List<VendorRoute> routes() {
        return List.of(
                new VendorRoute(
                        "POST",
                        "/v1/span_annotations",
                        new PhoenixAnnotations(PhoenixAnnotations.Target.SPAN, assembly::traceOf)),
                new VendorRoute(
                        "POST",
                        "/v1/trace_annotations",
                        new PhoenixAnnotations(PhoenixAnnotations.Target.TRACE, assembly::traceOf)),
                new VendorRoute(
                        "POST",
                        "/v1/session_annotations",
                        new PhoenixAnnotations(PhoenixAnnotations.Target.SESSION, assembly::traceOf)));
    }
}
