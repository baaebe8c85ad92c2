package io.pentameter.ingest.langsmith;

import io.pentameter.ingest.assembly.Assembly;
import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The routes of LangSmith, at the root and below {@code /langsmith}; OTLP is served with all OTLP, info by the gateway. */
@ApplicationScoped
class LangsmithResource implements VendorRoute.Source {

    private final Assembly assembly;
    private final FeedbackStore feedback;

    LangsmithResource(Assembly assembly, FeedbackStore feedback) {
        this.assembly = assembly;
        this.feedback = feedback;
    }

    @Override
    public List<VendorRoute> routes() {
        List<VendorRoute> routes = new ArrayList<>();
        for (String mount : List.of("", "/langsmith")) {
            routes.add(new VendorRoute("POST", mount + "/runs/multipart", LangsmithRuns.MULTIPART));
            routes.add(new VendorRoute("POST", mount + "/runs/batch", LangsmithRuns.BATCH));
            routes.add(new VendorRoute("POST", mount + "/runs", LangsmithRuns.CREATE));
            routes.add(new VendorRoute("PATCH", mount + "/runs/:id", LangsmithRuns.UPDATE));
            routes.add(
                    new VendorRoute("POST", mount + "/feedback", new LangsmithFeedback(assembly::traceOf, feedback)));
            for (LangsmithFeedbackById.Verb verb : LangsmithFeedbackById.Verb.values()) {
                routes.add(new VendorRoute(
                        verb.name(), mount + "/feedback/:id", new LangsmithFeedbackById(verb, feedback)));
            }
        }
        return routes;
    }
}
