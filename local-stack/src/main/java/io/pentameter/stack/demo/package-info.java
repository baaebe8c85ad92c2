/**
 * The traffic of a made-up company and the tables that show what came of it. Start with {@link io.pentameter.stack.demo.Demo};
 * {@code TraceMaker} decides what a request looks like.
 */
@NullMarked
package io.pentameter.stack.demo;

import org.jspecify.annotations.NullMarked;
