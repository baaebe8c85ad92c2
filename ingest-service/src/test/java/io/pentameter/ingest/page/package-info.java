/** Reference pages that are made from the code: a test fails while a page is stale. */
@NullMarked
package io.pentameter.ingest.page;

import org.jspecify.annotations.NullMarked;
