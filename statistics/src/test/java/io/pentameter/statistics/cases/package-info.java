/** The published and verified cases under {@code src/test/resources/cases}, read by file and id. */
@NullMarked
package io.pentameter.statistics.cases;

import org.jspecify.annotations.NullMarked;
