/** The whole service on a real broker, as the gateway sees it. */
@NullMarked
package io.pentameter.ingest.service;

import org.jspecify.annotations.NullMarked;
