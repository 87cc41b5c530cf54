/** The pages of the documentation, as the repository and the site show them. */
package io.pidstream.pages;
