package io.pentameter.gateway.credential;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where keys are looked up, across all tenants: who calls is not known yet. */
public interface KeyDirectory {

    /** @param id public id; the stage fails if the store is away */
    CompletionStage<Optional<StoredKey>> find(String id);
}
