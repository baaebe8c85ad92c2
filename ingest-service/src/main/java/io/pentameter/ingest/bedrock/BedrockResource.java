package io.pentameter.ingest.bedrock;

import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.vendor.VendorRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The route on which files of Bedrock's log are uploaded. */
@ApplicationScoped
class BedrockResource implements VendorRoute.Source {

    private final BedrockImport upload;

    BedrockResource(IngestConfig config) {
        this.upload = new BedrockImport(Math.toIntExact(config.maxBodySize().asLongValue()));
    }

    @Override
    public List<VendorRoute> routes() {
        return List.of(new VendorRoute("POST", "/api/v1/imports/bedrock", upload));
    }
}
