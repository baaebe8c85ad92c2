package io.pentameter.alert.evaluation;

import java.io.IOException;

/** Where numbers come from. */
public interface MetricSource {

    /** @throws IOException if there is no usable answer */
    MetricAnswer query(MetricQuery query) throws IOException;
}
