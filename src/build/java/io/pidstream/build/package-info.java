/** Steps of the build that no plugin has. Maven runs each file as a program by itself. */
package io.pidstream.build;
