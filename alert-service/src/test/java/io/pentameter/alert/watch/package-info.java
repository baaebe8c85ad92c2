@NullMarked
package io.pentameter.alert.watch;

import org.jspecify.annotations.NullMarked;
