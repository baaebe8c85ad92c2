package io.pentameter.ingest.langfuse;

import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The routes of Langfuse but for OTLP, which is served with all OTLP. */
@ApplicationScoped
class LangfuseResource implements VendorRoute.Source {

    @Override
    public List<VendorRoute> routes() {
        return List.of(
                new VendorRoute("POST", "/api/public/ingestion", new LangfuseIngestion()),
                new VendorRoute("POST", "/api/public/scores", new LangfuseScores()),
                new VendorRoute("GET", "/api/public/projects", LangfuseLookup.PROJECTS),
                new VendorRoute("GET", "/api/public/prompts", LangfuseLookup.PROMPT),
                new VendorRoute("GET", "/api/public/v2/prompts", LangfuseLookup.PROMPTS),
                new VendorRoute("GET", "/api/public/v2/prompts/:name", LangfuseLookup.PROMPT),
                new VendorRoute("POST", "/api/public/media", new LangfuseMedia()),
                new VendorRoute("PATCH", "/api/public/media/:id", LangfuseLookup.MEDIA_DONE),
                new VendorRoute("GET", "/api/public/media/:id", LangfuseLookup.MEDIA));
    }
}
