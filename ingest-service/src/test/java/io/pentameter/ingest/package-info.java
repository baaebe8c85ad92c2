/** Tests of the service as a whole. */
@NullMarked
package io.pentameter.ingest;

import org.jspecify.annotations.NullMarked;
