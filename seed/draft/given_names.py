"""Given names, by the gender that they tell: of public people in English-language news, far from complete."""

from seed.draft.lexicon import words

FEMALE_NAMES = words("""
    Abigail Ada Adele Agnes Aisha Alexandra Alice Alicia Alison Amanda Amelia Amina Amy Ana Andrea Angela Angelina
    Anita Ann Anna Anne Annette Annie Antonia Ashley Audrey Barbara Beatrice Bella Bernadette Beth Betty Beverly
    Brenda Bridget Caitlin Camilla Candace Carla Carmen Carol Caroline Carolyn Carrie Catherine Cecilia Celia
    Charlotte Cheryl Chloe Christina Christine Claire Clara Claudia Colette Condoleezza Constance Courtney Cristina
    Cynthia Daisy Dana Danielle Deborah Debra Denise Diana Diane Donna Dorothy Edith Eileen Elaine Eleanor Elena
    Elisabeth Elizabeth Ellen Emily Emma Erica Erin Esther Eva Eve Evelyn Fatima Federica Fiona Florence Frances
    Francesca Gail Gemma Georgia Geraldine Gertrude Gillian Gina Giorgia Gladys Gloria Grace Greta Gretchen Gwen
    Hannah Harriet Heather Heidi Helen Helena Helga Hilary Hillary Holly Ida Imelda Ingrid Irene Irina Isabel Isabella
    Jacinda Jackie Jacqueline Jane Janet Janice Jean Jeanne Jennifer Jenny Jessica Jill Joan Joanna Jodie Josephine
    Joy Joyce Judith Judy Julia Julie June Karen Kate Katherine Kathleen Kathryn Kathy Katie Kay Kayla Kelly Kiara
    Kimberly Kristen Kristin Laila Lara Laura Lauren Leila Leslie Lillian Linda Lindsay Lisa Liz Lois Loretta Louise
    Lucia Lucy Lydia Lynn Madeleine Maggie Malala Marcia Margaret Maria Mariam Marie Marilyn Marion Marjorie Martha
    Mary Maryam Maureen Megan Melania Melanie Melissa Mercedes Meredith Michelle Mildred Miranda Miriam Moira Molly
    Monica Nadia Nancy Naomi Natalia Natalie Natasha Nicola Nicole Nina Nora Norma Olga Olivia Pamela Patricia Paula
    Pauline Peggy Penelope Petra Phyllis Polly Priya Rachel Rebecca Renee Rhonda Rita Roberta Rosa Rose Rosemary
    Roxanne Ruth Sabrina Sally Samantha Sandra Sara Sarah Shannon Sharon Sheila Shirley Silvia Sofia Sonia Sophia
    Sophie Stefania Stella Stephanie Sue Suella Sujata Susan Suzanne Svetlana Sylvia Tamara Tania Tanya Tara Tatiana
    Teresa Thelma Theresa Tiffany Tina Tracy Trudy Tulsi Ulrike Ursula Valerie Vanessa Vera Veronica Victoria Viola
    Violet Virginia Vivian Wendy Yasmin Yulia Yvette Yvonne Zainab Zoe
""")

MALE_NAMES = words("""
    Aaron Abdul Abdullah Abraham Adam Adrian Ahmad Ahmed Alan Albert Alex Alexander Alexei Alfonso Alfred Ali Alistair
    Allen Amir Anders Andre Andreas Andrei Andrew Andriy Angus Anthony Antonio Antony Arnold Arthur Ban Barack Barry
    Bashar Ben Benedict Benjamin Bernard Bernie Bill Boris Brad Bradley Brandon Brett Brian Bruce Bryan Cameron Carl
    Carlos Cesar Charles Charlie Chris Christian Christopher Chuck Claudio Clifford Clive Colin Craig Dale Dan Daniel
    Darren Dave David Dean Denis Dennis Derek Dick Diego Dimitri Dmitri Dmitry Dominic Don Donald Doug Douglas Duncan
    Dwight Ed Eddie Edgar Edmund Eduardo Edward Edwin Emmanuel Enrique Enver Eric Erik Ernest Ethan Eugene Evan Felipe
    Felix Ferdinand Fernando Francis Francisco Francois Frank Frans Fred Frederick Fuad Gabriel Gareth Gary Gavin
    Gennady Geoff Geoffrey George Gerald Gerard Gerhard Giovanni Giuseppe Glenn Gordon Graham Greg Gregory Gustavo Guy
    Hamdullah Hamid Hans Harold Harry Harvey Hassan Hector Helmut Henri Henry Herbert Herman Howard Hugh Hugo Hussein
    Ian Ibrahim Igor Ilham Imran Isaac Ivan Jack Jacob Jacques Jake Jamal James Jamie Jan Jason Javier Jay Jean-Claude
    Jeff Jeffrey Jens Jeremy Jerome Jerry Jesse Jim Jimmy Joachim Joe Joel Johan Johannes John Johnny Jon Jonathan
    Jordan Jorge Jose Josef Joseph Josh Joshua Juan Julian Julio Justin Karim Karl Keir Keith Ken Kenneth Kevin Khaled
    Kim Kirill Klaus Kofi Kurt Kyle Lance Larry Lars Laurence Lawrence Lee Leo Leon Leonard Leonid Lewis Liam Lindsey
    Lionel Lloyd Louis Luc Lucas Luigi Luis Luiz Luke Malcolm Manuel Marc Marcel Marco Marcus Mario Mark Markus Martin
    Marty Marvin Matt Matteo Matthew Maurice Max Maxime Mehmet Michael Michel Miguel Mike Mikhail Mitch Mitt Mohamed
    Mohammad Mohammed Morgan Muhammad Mustafa Naftali Najib Narendra Nathan Nawaz Neil Nelson Nicholas Nick Nicolai
    Nicolas Nigel Nikolai Noah Noel Norman Nunzio Olaf Oleg Oliver Omar Oscar Oswald Otto Owen Pablo Patrick Paul
    Pavel Pedro Percy Pete Peter Phil Philip Phillip Pierre Pope Rafael Ralph Ramon Ramzan Randy Raul Ray Raymond
    Recep Reinhard Rex Ricardo Richard Rick Rishi Rob Robert Roberto Robin Rodney Rodrigo Roger Roland Roman Ron
    Ronald Rory Ross Roy Rudolf Rupert Russell Ryan Salman Salvador Sam Samuel Scott Sean Sebastian Sergei Sergey
    Sergio Seth Shimon Shinzo Sidney Silvio Simon Spencer Stanley Stefan Stephane Stephen Steve Steven Stewart Stuart
    Suleiman Ted Terrence Terry Theodore Thomas Tim Timothy Toby Todd Tom Tommy Tony Trevor Truman Umar Vaclav Vernon
    Victor Vikram Viktor Vincent Vitaly Vladimir Volodymyr Wally Walter Warren Wayne Wesley Will William Wolfgang Xi
    Yasser Yevgeny Yitzhak Yuri Yury Yusuf Zachary
""")
