package io.pentameter.aggregation.audit;

import io.pentameter.kit.token.Caller;
import java.util.Map;

/** Where it is written down who changed what. */
public interface Acts {

    /**
     * Writes an act down; returns when it cannot be lost any more. Called before the act itself, so that nothing is ever done
     * that nobody can be asked about; an act that then fails is in the log all the same.
     *
     * @param act object and verb, for example {@code cost_pool.create}
     * @param object id of what is changed
     * @param requestId empty if the request had none
     * @param details without payloads or secrets
     */
    void record(Caller caller, String act, String object, String requestId, Map<String, String> details);
}
