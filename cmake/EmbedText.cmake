# cmake -DTEXT=FILE -DOUTPUT=FILE -P EmbedText.cmake: the text as a C++ string literal.
file(READ ${TEXT} text)
file(WRITE ${OUTPUT} "R\"irh(${text})irh\"\n")
