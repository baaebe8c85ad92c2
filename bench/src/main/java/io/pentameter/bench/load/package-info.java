/** Makes load: requests of a realistic shape, sent at times fixed beforehand. Start at {@link io.pentameter.bench.load.OpenLoop}. */
@NullMarked
package io.pentameter.bench.load;

import org.jspecify.annotations.NullMarked;
