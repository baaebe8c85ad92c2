/**
 * Main classes that run inside child processes, with nothing but the JDK and the child's own jars on the class path.
 *
 * <p>{@link io.pentameter.stack.process.ChildJar} packs them into a jar of their own. Each of them stops its process when
 * standard input ends, which happens when the parent closes it or dies.
 */
@NullMarked
package io.pentameter.stack.child;

import org.jspecify.annotations.NullMarked;
