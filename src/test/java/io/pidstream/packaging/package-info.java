/** The packaged jars: their contents and licences. */
package io.pidstream.packaging;
